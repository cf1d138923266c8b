import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'

/** What a guide needs to know about this server. */
export type GuideProps = {
  readonly mcpUrl: string
  /** the server's name as an identifier */
  readonly slug: string
}

/** Something to type or paste as it is. */
export function Snippet({ code, what }: { code: string; what: string }) {
  return (
    <div className="mt-1.5 flex min-w-0 items-start gap-1 rounded-lg border bg-canvas py-1 pr-1 pl-3">
      <pre className="wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap py-1.5 font-mono text-xs">
        {code}
      </pre>
      <CopyButton value={code} what={what} variant="ghost" size="icon-sm" />
    </div>
  )
}

/** A client's steps, beside a picture of where to do them. */
export function Guide({
  steps,
  picture,
  children,
}: {
  steps: readonly { readonly id: string; readonly text: ReactNode }[]
  picture: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="grid items-start gap-5 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:grid-cols-1 2xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 gap-4">
        <ol className="grid list-decimal gap-2.5 pl-4.5 text-sm marker:text-muted">
          {steps.map(({ id, text }) => (
            <li key={id} className="min-w-0 text-pretty pl-1">
              {text}
            </li>
          ))}
        </ol>
        {children ? <div className="text-pretty text-muted text-sm">{children}</div> : null}
      </div>
      {picture}
    </div>
  )
}

/** The name of an element on screen. */
export function Named({ children }: { children: ReactNode }) {
  return <strong className="font-medium">{children}</strong>
}
