import { describe, expect, it } from 'vitest'
import { mergeRows } from '@/components/admin/handshakes/merge-rows'
import { lanesOf } from '@/components/handshake/lanes'
import { spanWords } from '@/components/handshake/span-words'
import { timelineItems } from '@/components/handshake/timeline-items'
import type { HandshakeData, HandshakeRow } from '@/lib/admin/handshakes/views'
import { assemble } from '@/lib/handshake/assemble'
import { goldenTrace } from '@/lib/handshake/golden-trace'
import type { StageId } from '@/lib/handshake/handshake'
import { hostedClaude } from '../support/clients/claude-clients'
import { recordAttempt, type Variation, withIds } from '../support/handshakes/recorded-attempt'

const startsAt = Date.parse('2026-11-24T18:24:53Z')
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function viewOf(
  variation: Partial<Variation> = {},
  offsets: Partial<Record<StageId, number>> = {},
) {
  const events = withIds(recordAttempt(hostedClaude, { key: '1', startsAt, ...variation }))
  const { handshake } = assemble({ id: 'hs_1', retryOf: null, events }, null, startsAt + 90_000)
  return {
    handshake,
    stages: handshake.stages.map((stage) => ({
      ...stage,
      at: iso(stage.at),
      dueAt: iso(stage.dueAt),
    })),
    events: events.map((event) => ({ ...event, at: iso(event.at) })),
    golden: goldenTrace,
    lastGood: { id: 'hs_0', startedAt: iso(startsAt), offsets },
    now: iso(startsAt + 90_000),
  } as unknown as HandshakeData
}

describe('the timeline', () => {
  it('has every step once, and what is missing at its end', () => {
    const { items, more } = timelineItems(viewOf({ until: 'token-issued' }), 'golden')
    const steps = items.flatMap(({ step }) => (step ? [step] : []))
    expect(new Set(steps.map(({ id }) => id)).size).toBe(12)
    expect(steps.slice(-3).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'token-issued done',
      'first-mcp-request missing',
      'tools-listed pending',
    ])
    expect(more).toBe(0)
  })

  it('puts what was not needed in its place', () => {
    const { items } = timelineItems(viewOf({ remembered: true }), 'none')
    const words = items.flatMap(({ step }) => (step ? [`${step.id} ${step.state}`] : []))
    expect(words.slice(4, 8)).toEqual([
      'authorization-requested done',
      'signed-in skipped',
      'consent-shown skipped',
      'decided done',
    ])
  })

  it('shows a few events after the last step, and counts the others', () => {
    const view = viewOf()
    const [call] = view.events.slice(-1)
    if (!call) throw new Error('there is no event')
    const calls = Array.from({ length: 20 }, (_, at) => ({ ...call, id: String(1000 + at) }))
    const { items, more } = timelineItems({ ...view, events: [...view.events, ...calls] }, 'golden')
    expect(items.filter(({ step }) => step === null).length + more).toBe(20)
    expect(more).toBe(12)
  })

  it('calls slow what takes far longer than usual, but no person', () => {
    const slow = (view: HandshakeData) =>
      timelineItems(view, 'golden').items.flatMap(({ key, usual }) => (usual?.isSlow ? [key] : []))
    expect(slow(viewOf({ personTakes: 120_000 }))).toEqual([])
    const view = viewOf({ until: 'token-issued' })
    const stages = view.stages.map((stage) =>
      stage.id === 'token-issued'
        ? { ...stage, at: iso(Date.parse(stage.at ?? '') + 5000) }
        : stage,
    )
    expect(slow({ ...view, stages })).toEqual(['token-issued'])
  })

  it('holds it against the last good attempt where it is asked to', () => {
    const view = viewOf({}, { 'code-issued': 5000, 'token-issued': 5100 })
    const { items } = timelineItems(view, 'last')
    const token = items.find(({ key }) => key === 'token-issued')
    expect(token?.usual).toMatchObject({ words: 'last time 100 ms', mostMs: 100 })
    expect(items.find(({ key }) => key === 'challenge')?.usual).toBeNull()
  })
})

describe('the lanes', () => {
  it('follow one another, to scale, up to the end of the last step', () => {
    const { items } = timelineItems(viewOf({ personTakes: 60_000 }), 'none')
    const lanes = lanesOf(items)
    const steps = items.filter(({ step }) => step !== null)
    const bars = steps.map(({ key }) => lanes.get(key))
    expect(bars[0]?.from).toBe(0)
    expect(bars.at(-1)?.to).toBe(1)
    const took = (key: string) => {
      const lane = lanes.get(key)
      return lane ? lane.to - lane.from : 0
    }
    // a minute of a person's is folded to less than what the machines took
    expect(took('decided')).toBeLessThan(0.25)
    expect(took('decided')).toBeGreaterThan(0)
  })

  it('leave out what has not happened', () => {
    const { items } = timelineItems(viewOf({ until: 'token-issued' }), 'golden')
    expect(lanesOf(items).has('first-mcp-request')).toBe(false)
  })
})

describe('the live list', () => {
  const row = (id: string, at: number) => ({ id, startedAt: iso(startsAt + at) }) as HandshakeRow
  const rows = [row('hs_3', 3), row('hs_2', 2)]
  const changed = (data: unknown) => ({ event: 'handshake', data })

  it.each([
    ['a new one comes on top', [changed(row('hs_4', 4))], false, ['hs_4', 'hs_3', 'hs_2']],
    ['a changed one stays', [changed(row('hs_2', 2))], false, ['hs_3', 'hs_2']],
    ['one that is gone goes', [{ event: 'gone', data: { id: 'hs_3' } }], false, ['hs_2']],
    ['one of a later page stays there', [changed(row('hs_1', 1))], false, ['hs_3', 'hs_2']],
    [
      'an older one is shown where all are',
      [changed(row('hs_1', 1))],
      true,
      ['hs_3', 'hs_2', 'hs_1'],
    ],
  ] as const)('%s', (_, messages, isWhole, expected) => {
    expect(mergeRows(rows, messages, isWhole).map(({ id }) => id)).toEqual(expected)
  })
})

it.each([
  [400, '0 s'],
  [59_900, '59 s'],
  [125_000, '2 min 5 s'],
  [3 * 3_600_000, '3 h 0 min'],
  [6 * 86_400_000, '6 d'],
])('%d ms are %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words)
})
