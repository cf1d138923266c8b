import type { HandshakeData } from '@/lib/admin/handshakes/views'
import type { StageId } from '@/lib/handshake/handshake'
import { stageWords } from '@/lib/handshake/words'

/** What a handshake is compared with. */
export type Comparison = 'golden' | 'last' | 'none'

/** A step's typical duration: in words, and its upper bound in milliseconds. */
export type Usual = { readonly words: string; readonly mostMs: number; readonly isSlow: boolean }

/** Steps that wait for a user. */
export const personSteps: readonly StageId[] = ['signed-in', 'consent-shown', 'decided']

/** The steps in order. */
export const stageOrder = Object.keys(stageWords) as StageId[]

/** A step within this factor of the usual is not slow. */
const slowFactor = 2

/** `240 ms`, `1.2 s`, `34 s`. */
export const shortSpan = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`

function againstGolden({ golden }: HandshakeData, id: StageId, tookMs: number): Usual | null {
  const range = golden.find(({ stage }) => stage === id)?.afterMs
  if (!range || range[1] === 0) return null
  const [least, most] = range
  const span =
    most < 1000
      ? `${least}–${most} ms`
      : `${(least / 1000).toFixed(1)}–${(most / 1000).toFixed(1)} s`
  return {
    words: least === 0 ? `usually at most ${most} ms` : `usually ${span}`,
    mostMs: most,
    isSlow: tookMs > most * slowFactor + 100,
  }
}

function againstLast({ lastGood }: HandshakeData, id: StageId, tookMs: number): Usual | null {
  const offsets = lastGood?.offsets
  const at = offsets?.[id]
  if (!offsets || at === undefined) return null
  const before = stageOrder
    .slice(0, stageOrder.indexOf(id))
    .flatMap((stage) => offsets[stage] ?? [])
    .filter((offset) => offset <= at)
  if (before.length === 0) return null
  const took = at - Math.max(...before)
  const isSlow = !personSteps.includes(id) && tookMs > took * slowFactor + 500
  return { words: `last time ${shortSpan(took)}`, mostMs: took, isSlow }
}

/** A step's typical duration, or `null` if unknown. */
export function usualOf(
  comparison: Comparison,
  view: HandshakeData,
  id: StageId,
  tookMs: number,
): Usual | null {
  if (comparison === 'none') return null
  return comparison === 'golden' ? againstGolden(view, id, tookMs) : againstLast(view, id, tookMs)
}
