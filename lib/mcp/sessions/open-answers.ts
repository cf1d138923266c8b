import 'server-only'
import type { Flow } from '@/lib/http/observe-body'
import { processWide } from '@/lib/process-wide'
import type { Caller } from '../caller'
import { longestCallMs } from '../limits'
import { type Full, takeRoom } from '../open-limits'

/** The answer to a POST while it is under way. */
export type OpenAnswer = {
  readonly caller: Caller
  /** ends it */
  readonly controller: AbortController
  /** since when its reader has taken nothing, once it is sent */
  readonly flow: Flow
  /** milliseconds since the epoch */
  readonly since: number
  /** whether it is on its way to the client, and held until its end */
  isSent: boolean
  /** gives its room back, once however often it is called */
  readonly release: () => void
}

const registry = processWide('mcp-open-answers', () => new Set<OpenAnswer>())

/** No tool takes as long; two requests under one id leave an answer behind that never comes. */
const longestMs = longestCallMs + 70_000
/** A reader that takes nothing for so long is given up. */
const patienceMs = 60_000

/**
 * Keeps account of the answer to a POST. One that is under way when its access token expires is
 * finished: it was asked for in time, and no tool takes long. It ends when access is revoked.
 *
 * @returns why no more may be under way, where that is so
 */
export function holdAnswer(caller: Caller): OpenAnswer | Full {
  const giveBack = takeRoom('answers', caller)
  if (typeof giveBack !== 'function') return giveBack
  const answer: OpenAnswer = {
    caller,
    controller: new AbortController(),
    flow: { waitingSince: null },
    since: Date.now(),
    isSent: false,
    release: () => {
      registry.delete(answer)
      giveBack()
    },
  }
  registry.add(answer)
  return answer
}

/** The answers under way here that were asked for before a time, in milliseconds since the epoch. */
export const answersBefore = (before: number): OpenAnswer[] =>
  [...registry].filter(({ since }) => since <= before)

/** Ends answers that nobody reads, and those that will never come. */
export function endStalled(now: number): void {
  for (const { controller, flow, since } of registry) {
    const isStalled = flow.waitingSince !== null && now - flow.waitingSince > patienceMs
    if (isStalled || now - since > longestMs) controller.abort('it took too long')
  }
}
