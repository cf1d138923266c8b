import type { ReactNode } from 'react'
import type { OpenConsent } from './open-consent'

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** An interval in words: `hour`, `2 hours`, `10 minutes`. */
function interval(minutes: number): string {
  const inHours = minutes >= 60 && minutes % 60 === 0
  const [count, word] = inHours ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return count === 1 ? word : plural(count, word)
}

function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[6.5rem_1fr]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-pretty">{children}</dd>
    </div>
  )
}

/** The account, the duration and the resource. */
export function ConsentTerms({ view }: { view: OpenConsent }) {
  const switchTo = `/sign-in?switch=1&next=${encodeURIComponent(`/consent/${view.interactionId}`)}`
  return (
    <dl className="mt-5 divide-y rounded-lg border bg-canvas px-3 text-sm">
      <Term name="Account">
        <span className="wrap-anywhere font-medium">{view.user.email}</span>{' '}
        <a
          href={switchTo}
          className="inline-block text-accent-ink underline underline-offset-4 max-md:py-1"
        >
          Use another account
        </a>
      </Term>
      <Term name="For how long">
        Until you revoke it, or {plural(view.refreshTokenDays, 'day')} after its last use. Its key
        is renewed every {interval(view.accessTokenMinutes)}.
      </Term>
      <Term name="Server">
        <span className="wrap-anywhere font-mono text-xs">{view.resource}</span>
      </Term>
      <Term name="Answer sent to">
        <span className="wrap-anywhere font-mono text-xs">{view.redirectUri}</span>
      </Term>
    </dl>
  )
}
