'use client'
import { Notice } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button-variants'

type FaultProps = {
  readonly error: unknown
  readonly retry: () => void
}

const digestOf = (error: unknown): string | null =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string'
    ? error.digest
    : null

/** Shown when a page failed: how to go on, and the reference to search for. */
export function Fault({ error, retry }: FaultProps) {
  const digest = digestOf(error)
  return (
    <Notice
      title="This page could not be shown"
      action={
        <button type="button" onClick={retry} className={buttonVariants({ variant: 'primary' })}>
          Try again
        </button>
      }
    >
      <p>Something failed on the server. Nothing was changed by opening this page.</p>
      {digest ? (
        <p>
          The server&apos;s own log has the cause: look for{' '}
          <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono">{digest}</code>.
        </p>
      ) : null}
    </Notice>
  )
}
