import type { ReactNode } from 'react'
import { Notice } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button-variants'
import type { ConsentView } from '@/lib/endpoints/consent'
import { ClientName } from './client-name'
import { ExitLinks } from './exit-links'
import { Refresh } from './refresh'

type Answered = Extract<
  ConsentView,
  { state: 'allowed' | 'denied' | 'connected' | 'lapsed' | 'ended' }
>

const titles: Readonly<Record<Answered['state'], string>> = {
  allowed: 'You allowed this, and the app has not come for your answer yet',
  denied: 'You denied this request',
  connected: 'The app is connected',
  lapsed: 'The app did not come for your answer',
  ended: 'You allowed this, and the connection has ended since',
}

/** What to check if the answer does not arrive. */
function ArrivalHint({ view }: { view: Answered }) {
  if (view.viaScheme) {
    return <p>If nothing opened, open it with the button. The app has to be on this device.</p>
  }
  if (view.loopback) {
    return (
      <p>
        If your browser could not connect there, the program has stopped waiting: start connecting
        from it again. If it still waits, send your answer once more.
      </p>
    )
  }
  return <p>If you did not arrive there, send your answer once more.</p>
}

const startAgain = (
  <p>
    To connect, go back to the app you came from, such as Claude, and choose{' '}
    <strong>Connect</strong> there again.
  </p>
)

function explain(view: Answered): ReactNode {
  if (view.state === 'allowed') return <ArrivalHint view={view} />
  if (view.state === 'denied') return <p>Nothing was allowed, and the app is told so.</p>
  if (view.state === 'connected') return <p>You can close this page.</p>
  if (view.state === 'ended') return startAgain
  return (
    <>
      <p>It was valid for one minute, and nobody fetched it. Nothing has access.</p>
      {startAgain}
    </>
  )
}

/** The link that sends an answer again, if that is allowed. */
function Again({ view, href }: { view: Answered; href: string }) {
  if (view.state !== 'allowed' && view.state !== 'denied') return null
  const words = view.state === 'denied' ? 'Go back to the app' : 'Send it again'
  return (
    <a href={href} className={buttonVariants({ variant: 'primary' })}>
      {view.viaScheme ? 'Open the app' : words}
    </a>
  )
}

/**
 * Shown when a user returns to a request they answered: where the answer went, what
 * became of it, and a link to send it again.
 *
 * @param goesOn whether a browser without JavaScript is redirected at once
 */
export function ConsentAnswered({ view, goesOn }: { view: Answered; goesOn: boolean }) {
  const href = `/consent/${encodeURIComponent(view.interactionId)}/answer`
  return (
    <Notice
      title={titles[view.state]}
      action={
        <>
          <Again view={view} href={href} />
          {view.state === 'connected' ? (
            <a href="/connections" className={buttonVariants()}>
              Your connections
            </a>
          ) : null}
          <ExitLinks back={view.wayBack} mayWatch={view.mayWatch} />
        </>
      }
    >
      <p>
        The answer to <ClientName>{view.clientName}</ClientName> went to{' '}
        <strong className="wrap-anywhere text-ink">{view.redirectHost}</strong>.
      </p>
      {explain(view)}
      {goesOn ? <Refresh content={`0;url=${href}`} /> : null}
    </Notice>
  )
}
