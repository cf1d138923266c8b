import { Callout } from '@/components/ui/callout'
import type { CookieLoss } from '@/lib/reasons'

type CookieLostProps = {
  readonly loss: CookieLoss
  /** this server's origin */
  readonly origin: string
  /** target after success */
  readonly next: string
}

const words: Readonly<Record<CookieLoss, string>> = {
  scheme:
    'You are not signed in: this page came over http, and the sign-in cookie of this server is for https only.',
  host: 'You are not signed in: your browser did not keep the cookie, and this page is not at the server’s own address.',
  blocked:
    'You are not signed in: your browser did not keep the cookie. Allow cookies for this site, leave an embedded window, then sign in again.',
}

/** Explains why the sign-in came back here. */
export function CookieLost({ loss, origin, next }: CookieLostProps) {
  const href = `${origin}/sign-in?next=${encodeURIComponent(next)}`
  return (
    <Callout tone="bad" role="alert" className="mb-5">
      {words[loss]}
      {loss === 'blocked' ? null : (
        <>
          {' '}
          Open{' '}
          <a href={href} className="wrap-anywhere font-medium underline underline-offset-4">
            {origin}
          </a>{' '}
          instead. If that is not the right address, whoever runs this server has to change
          PORTICO_URL.
        </>
      )}
    </Callout>
  )
}
