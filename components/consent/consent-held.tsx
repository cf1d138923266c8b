import { Hourglass } from 'lucide-react'
import { Notice } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button-variants'
import type { ConsentView } from '@/lib/endpoints/consent'
import { PollAnswer, RedirectTo } from './go-on'
import { Refresh } from './refresh'

type Held = Extract<ConsentView, { state: 'waiting' | 'released' | 'refused' }>

/** Seconds between refreshes without JavaScript. */
const REFRESH_SECONDS = 5

function Waiting({ view }: { view: Held }) {
  return (
    <Notice title={`Waiting for an operator to approve ${view.clientName}`}>
      <p role="status" className="flex items-center gap-2 text-ink text-sm">
        <Hourglass aria-hidden className="size-4 shrink-0 motion-safe:animate-pulse" />
        You have allowed it. An operator of {view.serverName} decides next.
      </p>
      <p>
        No operator has approved this app before. Keep this page open: it goes on by itself, and
        your answer then goes to <strong className="text-ink">{view.redirectHost}</strong>.
      </p>
      <p className="text-sm">
        If you are in a hurry, tell an operator. After a few minutes the app may have stopped
        waiting: then connect again from there.
      </p>
      <PollAnswer />
      <Refresh content={String(REFRESH_SECONDS)} />
    </Notice>
  )
}

const linkTo = (href: string, words: string) => (
  <a href={href} className={buttonVariants({ variant: 'primary' })}>
    {words}
  </a>
)

function Released({ view, href }: { view: Held; href: string }) {
  return (
    <Notice
      title={`${view.clientName} is approved`}
      action={linkTo(href, `Go on to ${view.redirectHost}`)}
    >
      <p role="status">Your answer is on its way to {view.redirectHost}.</p>
      <RedirectTo href={href} />
      <Refresh content={`0;url=${href}`} />
    </Notice>
  )
}

function Refused({ view, href }: { view: Held; href: string }) {
  return (
    <Notice
      title={`An operator denied ${view.clientName}`}
      action={linkTo(href, `Go back to ${view.redirectHost}`)}
    >
      <p role="status">
        Nothing was allowed, and nothing is stored of it. When you go back, the app is told that the
        answer was no.
      </p>
      <p>If you think that this is a mistake, ask whoever runs {view.serverName}.</p>
    </Notice>
  )
}

/** Shown to a user whose consent needs an operator's approval. */
export function ConsentHeld({ view }: { view: Held }) {
  const href = `/consent/${encodeURIComponent(view.interactionId)}/answer`
  if (view.state === 'released') return <Released view={view} href={href} />
  if (view.state === 'refused') return <Refused view={view} href={href} />
  return <Waiting view={view} />
}
