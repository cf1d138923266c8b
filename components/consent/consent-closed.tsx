import { Notice } from '@/components/stage'
import type { ConsentView } from '@/lib/endpoints/consent'
import { ExitLinks } from './exit-links'

type Closed = Extract<ConsentView, { state: 'expired' | 'decided' | 'unknown' | 'others' }>

const words: Record<Closed['state'], { title: string; sentence: string }> = {
  expired: {
    title: 'This request has expired',
    sentence: 'It waited too long for an answer. Nothing was allowed.',
  },
  decided: {
    title: 'This request has been answered',
    sentence: 'Each request can be answered once, so going back here changes nothing.',
  },
  others: {
    title: 'Another account has answered this',
    sentence:
      'The request was answered by someone who was signed in with another account. You can neither see nor change their answer.',
  },
  unknown: {
    title: 'There is no such request',
    sentence: 'The address is incomplete, the request was made long ago, or its app was disabled.',
  },
}

/** A request that can no longer be answered, and how to start a new one. */
export function ConsentClosed({ view }: { view: Closed }) {
  const { title, sentence } = words[view.state]
  return (
    <Notice title={title} action={<ExitLinks back={view.wayBack} mayWatch={view.mayWatch} />}>
      <p>{sentence}</p>
      <p>
        Go back to the app you came from, such as Claude, and choose <strong>Connect</strong> there
        again. It brings you back here with a new request.
      </p>
    </Notice>
  )
}
