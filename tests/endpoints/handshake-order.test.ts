import pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { hostedClaude } from '../support/clients/claude-clients'
import { changeStored } from '../support/database/oauth-database'
import { databaseFor } from '../support/database/portico-database'
import { insertRecorded } from '../support/database/recorded-rows'
import { joinAll } from '../support/handshakes/joined'
import { type Recorded, recordAttempt, withIds } from '../support/handshakes/recorded-attempt'
import { signIn } from '../support/people/operator'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })

/** What becomes visible in the log in another order than it happened. */
describe('events that are written out of order', () => {
  const count = 12
  let portico: Portico
  beforeAll(async () => {
    portico = await startPortico()
  })

  /** Attempts side by side that ended just now. */
  function attempts(prefix: string): Recorded[] {
    const recorded = Array.from({ length: count }, (_, at) =>
      recordAttempt(hostedClaude, {
        key: `${prefix}${at}`,
        startsAt: Date.now() - 20_000 + at * 150,
        personTakes: at * 100,
        clientId: `client_${prefix}`,
      }),
    )
    return recorded.flat().sort((a, b) => a.at - b.at)
  }

  /** What both the server and the rules say of a handshake; the ids of its events differ. */
  const told = (
    row: Pick<HandshakeRow, 'interactionId' | 'surface'> & { verdict: { kind: string } },
  ) => `${row.interactionId} ${row.surface} ${row.verdict.kind}`

  async function expectJoined(events: readonly Recorded[], clientId: string): Promise<void> {
    const operator = await signIn(portico.origin)
    // each began with its own challenge, whenever that was written
    const challenges = events.filter(({ name }) => name === 'mcp.challenged').map(({ at }) => at)
    const startsOf = (rows: readonly HandshakeRow[]) =>
      rows.map(({ startedAt }) => Date.parse(startedAt)).toSorted()
    const isDone = (rows: readonly HandshakeRow[]) =>
      rows.filter(({ stage }) => stage === null).length === count &&
      String(startsOf(rows)) === String(challenges)
    const rows = await untilHandshakes(operator, isDone, { client: clientId })
    expect(rows.map(told).toSorted()).toEqual(joinAll(withIds(events)).map(told).toSorted())
  }

  test('while the server was away are joined in the order of time', async () => {
    const events = attempts('a')
    const backwards = insertRecorded([...events].reverse())
    portico = await changeStored(portico, [backwards])
    await expectJoined(events, 'client_a')
  })

  // the embedded database belongs to one process
  test.skipIf(!process.env.TEST_DATABASE_URL)('late are joined where they belong', async () => {
    // a server of its own: beside attempts that connected, a knock is taken for a probe of theirs
    portico = await startPortico()
    const events = attempts('b')
    const client = new pg.Client({ connectionString: String(await databaseFor(portico.dataDir)) })
    await client.connect()
    const isLate = (_: Recorded, at: number) => at % 3 === 0
    await client.query(insertRecorded(events.filter((event, at) => !isLate(event, at))))
    const operator = await signIn(portico.origin)
    await untilHandshakes(operator, ({ length }) => length > 0, { client: 'client_b' })
    await client.query(insertRecorded(events.filter(isLate)))
    await client.end()
    await expectJoined(events, 'client_b')
  })
})
