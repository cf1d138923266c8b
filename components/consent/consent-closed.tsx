import { Notice } from '@/components/stage'
import type { ConsentView } from '@/lib/endpoints/consent-view'

type ClosedState = Exclude<ConsentView['state'], 'open'>

const words: Record<ClosedState, { title: string; sentence: string }> = {
  expired: {
    title: 'This request has expired',
    sentence: 'It waited too long for an answer. Nothing was allowed.',
  },
  decided: {
    title: 'This request has been answered',
    sentence: 'Each request can be answered once, so going back here changes nothing.',
  },
  unknown: {
    title: 'There is no such request',
    sentence: 'The address is incomplete, or the request was made long ago.',
  },
}

/** A request that can no longer be answered, and how to make a new one. */
export function ConsentClosed({ state }: { state: ClosedState }) {
  const { title, sentence } = words[state]
  return (
    <Notice title={title}>
      <p>{sentence}</p>
      <p>
        Go back to the app you came from, such as Claude, and choose <strong>Connect</strong> there
        again. It brings you back here with a new request.
      </p>
    </Notice>
  )
}
