import 'server-only'
import type { Flow } from '@/lib/http/observe-body'
import { processWide } from '@/lib/process-wide'
import type { McpCaller } from '../caller'
import { longestCallMs } from '../limits'
import { type Full, takeSeat } from '../open-limits'

/** The answer to a POST in progress. */
export type OpenAnswer = {
  readonly caller: McpCaller
  /** ends it */
  readonly controller: AbortController
  /** since when its reader has taken nothing, once sending has started */
  readonly flow: Flow
  /** milliseconds since the epoch */
  readonly since: number
  /** whether it is being sent, so that it is held until its body ends */
  isSent: boolean
  /** gives its seat back; repeated calls do nothing */
  readonly release: () => void
}

const registry = processWide('mcp-open-answers', () => new Set<OpenAnswer>())

/** No tool takes this long; two requests with the same id leave one answer that never comes. */
const longestMs = longestCallMs + 70_000
/** A reader that takes nothing for this long is disconnected. */
const stalledMs = 60_000

/**
 * Registers the answer to a POST. When its access token expires it may still finish: the request came
 * in time, and no tool takes long. It ends when access is revoked.
 *
 * @returns the answer, or why no more may be in progress
 */
export function holdAnswer(caller: McpCaller): OpenAnswer | Full {
  const releaseSeat = takeSeat('answers', caller)
  if (typeof releaseSeat !== 'function') return releaseSeat
  const answer: OpenAnswer = {
    caller,
    controller: new AbortController(),
    flow: { waitingSince: null },
    since: Date.now(),
    isSent: false,
    release: () => {
      registry.delete(answer)
      releaseSeat()
    },
  }
  registry.add(answer)
  return answer
}

/** Answers in progress here whose request came before a time, in milliseconds since the epoch. */
export const answersBefore = (before: number): OpenAnswer[] =>
  [...registry].filter(({ since }) => since <= before)

/** Ends answers that nobody reads and those that will never come. */
export function endStalled(now: number): void {
  for (const { controller, flow, since } of registry) {
    const isStalled = flow.waitingSince !== null && now - flow.waitingSince > stalledMs
    if (isStalled || now - since > longestMs) controller.abort('it took too long')
  }
}
