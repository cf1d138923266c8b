import { Copyable } from '@/components/kit/copyable'
import { Callout } from '@/components/ui/callout'
import { RelativeTime } from '@/components/ui/relative-time'
import type { OneTimeLink } from '@/lib/auth/one-time-link'

/** A one-time link, shown once. */
export function ShownLink({ link, expiresAt }: OneTimeLink) {
  return (
    <div className="grid min-w-0 gap-4">
      <Copyable value={link} what="link" />
      <Callout tone="warn">
        Copy it now: it will not be shown again. It works once and ends{' '}
        <RelativeTime at={expiresAt} />. Send it only to the person it is for: the first person to
        open it can use it.
      </Callout>
    </div>
  )
}
