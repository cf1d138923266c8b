import { CopyButton } from '@/components/ui/copy-button'

type CopyableProps = {
  readonly value: string
  /** what it is, such as `MCP address` */
  readonly what: string
  readonly large?: boolean
}

/** A value with a button that copies it. */
export function Copyable({ value, what, large }: CopyableProps) {
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-lg border bg-canvas py-1 pr-1 pl-3">
      <code
        className={`wrap-anywhere min-w-0 flex-1 py-1.5 font-mono ${large ? 'text-base' : 'text-xs'}`}
      >
        {value}
      </code>
      <CopyButton value={value} what={what} label="Copy" variant={large ? 'primary' : 'ghost'} />
    </div>
  )
}

/** Something to type or paste as it is, of one or more lines. */
export function Snippet({ code, what }: Record<'code' | 'what', string>) {
  return (
    <div className="mt-1.5 flex min-w-0 items-start gap-1 rounded-lg border bg-canvas py-1 pr-1 pl-3">
      <pre className="wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap py-1.5 font-mono text-xs">
        {code}
      </pre>
      <CopyButton value={code} what={what} variant="ghost" size="icon-sm" />
    </div>
  )
}
