import { expect, test } from 'vitest'
import { type EventSource, type NewEvent, sourceNames } from '@/lib/events/fields'
import { runItem, runsOf } from '@/lib/recorder/runs'

const event: NewEvent = {
  at: new Date('2026-11-27T18:24:53.041Z'),
  name: 'mcp.called',
  outcome: 'ok',
  requestId: 'one',
  status: 200,
  durationMs: 7,
  detail: { tool: 'whoami' },
}

/** A source of which everything is known. */
const source: EventSource = {
  ...Object.fromEntries(sourceNames.map((name) => [name, `some ${name}`])),
  edge: { 'cf-ray': 'one' },
}
const { edge, ...plain } = source

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

test.each(sourceNames)('one that differs in its %s begins a run', (member) => {
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
