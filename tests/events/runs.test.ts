import { expect, test } from 'vitest'
import { runItem, runsOf } from '@/lib/events/runs'
import type { EventSource, NewEvent } from '@/lib/store/events'

const event: NewEvent = {
  at: new Date('2026-11-27T18:24:53.041Z'),
  name: 'mcp.called',
  outcome: 'ok',
  requestId: 'one',
  status: 200,
  durationMs: 7,
  detail: { tool: 'whoami' },
}

const source: Required<EventSource> = {
  method: 'POST',
  path: '/mcp',
  address: '160.79.104.10',
  network: 'Anthropic',
  userAgent: 'Claude-User',
  agent: 'Claude (hosted)',
  edge: { 'cf-ray': 'one' },
  clientId: 'c_1',
  interactionId: 'i_1',
  grantId: 'g_1',
  sessionId: 's_1',
  userId: 'u_1',
}
const { edge, ...plain } = source

const members = Object.keys(source) as (keyof EventSource)[]

/** What the database is given of some events, in the order of its rows. */
const rows = (events: readonly NewEvent[]) =>
  (JSON.parse(runsOf(events.map(runItem))) as { source: object; events: object[] }[]).flatMap(
    (run) => run.events.map((own) => ({ ...run.source, ...own })),
  )

const expected = (events: readonly NewEvent[]) =>
  events.map(({ at, ...rest }) => ({ ...rest, ms: at.getTime() }))

test('events of one source name it once', () => {
  const alike = ['one', 'two', 'three'].map((requestId) => ({ ...event, ...plain, requestId }))
  const runs = JSON.parse(runsOf(alike.map(runItem)))
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatchObject({ source: plain, events: [{}, {}, {}] })
  expect(rows(alike)).toEqual(expected(alike))
})

test.each(members)('one that differs in its %s begins a run', (member) => {
  const other = { ...event, ...plain, [member]: member === 'edge' ? { via: 'x' } : 'other' }
  const { [member]: _, ...without } = { ...event, ...plain, edge: undefined }
  const several = [{ ...event, ...plain }, other, { ...event, ...plain }, without, other]
  expect(rows(several)).toEqual(expected(several))
})

test('those that an edge has marked keep their marks', () => {
  const several = ['one', 'two', 'two'].map((ray) => ({
    ...{ ...event, ...source },
    edge: { 'cf-ray': ray },
  }))
  expect(rows(several)).toEqual(expected(several))
})

test('of none there is none', () => {
  expect(runsOf([])).toBe('[]')
})
