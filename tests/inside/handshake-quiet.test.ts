import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostedClaude } from '../support/clients/claude-clients'
import { useOwnDatabase } from '../support/database/own-database'
import { insertRecorded } from '../support/database/recorded-rows'
import { handshakeEvent } from '../support/handshakes/handshake-event'
import { joinAll } from '../support/handshakes/joined'
import { type Recorded, recordAttempt, withIds } from '../support/handshakes/recorded-attempt'

/**
 * Of a connection that is long made, ordinary calls are passed over where they are stored. What is
 * joined must be what joining the whole log gives: also when something happens to it after all.
 */

const minute = 60_000
const startsAt = Date.now() - 30 * minute
const made = recordAttempt(hostedClaude, {
  key: 'quiet',
  startsAt,
  personTakes: 500,
  clientId: 'client_quiet',
})
const grantId = made.findLast((event) => event.grantId)?.grantId ?? null

const ofGrant = (name: Recorded['name'], at: number, given: object = {}): Recorded =>
  handshakeEvent(name, at, { grantId, clientId: 'client_quiet', ...given })
const calls = (from: number) =>
  Array.from({ length: 80 }, (_, n) => ofGrant('mcp.called', startsAt + from + n * 100))
const refused = ofGrant('mcp.refused', startsAt + 9 * minute + 4050, {
  outcome: 'refused',
  status: 400,
  detail: { reason: 'HTTP 400, JSON-RPC -32600' },
})

/** What is written between one turn of the joiner and the next. */
const turns: readonly (readonly Recorded[])[] = [
  made,
  calls(5 * minute),
  calls(7 * minute),
  [...calls(9 * minute), refused].sort((a, b) => a.at - b.at),
  calls(11 * minute),
]

type Store = typeof import('@/lib/recorder/handshake-join')
let store: Store
let query: (sql: string) => Promise<{ rows: { at: Date }[] }>
let stop: () => Promise<void>

beforeAll(async () => {
  const { database, closeDatabase } = await useOwnDatabase()
  const { pool } = await database()
  store = await import('@/lib/recorder/handshake-join')
  query = (sql) => pool.query(sql)
  stop = closeDatabase
})
afterAll(() => stop())

async function joinWhatIsThere(): Promise<void> {
  while ((await store.joinWritten(Date.now(), 0)).more);
}

/** When the events of the one handshake there is happened. */
async function joinedTimes(): Promise<number[]> {
  const { rows } =
    await query(`select e.at from "HandshakeEvent" j join "Event" e on e.id = j."eventId"
    order by e.at, e.id`)
  return rows.map(({ at }) => at.getTime())
}

test('ordinary calls of a connection are passed over until something happens to it', async () => {
  for (const events of turns) {
    await query(insertRecorded(events))
    await joinWhatIsThere()
  }
  const [handshake, ...others] = joinAll(withIds(turns.flat()))
  const expected = handshake?.events.map(({ at }) => at).toSorted((a, b) => a - b) ?? []
  expect(others).toEqual([])
  expect(expected).toContain(refused.at)
  // the call that came next shows that it goes on
  expect(expected).toContain(startsAt + 9 * minute + 4100)
  expect(expected).not.toContain(startsAt + 7 * minute)
  expect(await joinedTimes()).toEqual(expected)

  await store.resetHandshakes()
  await joinWhatIsThere()
  expect(await joinedTimes()).toEqual(expected)
})
