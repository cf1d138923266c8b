import { CopyButton } from '@/components/ui/copy-button'

/** An id, shortened to fit, with a button that copies all of it. */
export function CopyableId({ id, what }: { id: string; what: string }) {
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-0.5">
      <span className="min-w-0 truncate font-mono text-xs" title={id}>
        {id}
      </span>
      <CopyButton value={id} what={what} variant="ghost" size="icon-sm" className="-my-1 size-6" />
    </span>
  )
}
