import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostedClaude } from '../support/clients/claude-clients'
import { useOwnDatabase } from '../support/database/own-database'
import { insertRecorded } from '../support/database/recorded-rows'
import { handshakeEvent } from '../support/handshakes/handshake-event'
import { recordAttempt } from '../support/handshakes/recorded-attempt'

/** Strangers open thousands of attempts; what a person waits for is judged, and told of, before them. */

const strangers = 1000
const now = Date.now()
/** A token that is not used is judged after 15 s, a registration that goes nowhere after 30 s. */
const [tokenAt, registeredAt] = [now - 10_000, now - 29_000]

const whole = recordAttempt(hostedClaude, { key: 'person', startsAt: 0 })
const issued = whole.findIndex(({ name }) => name === 'token.issued')
const until = whole.slice(0, issued + 1)
const shift = tokenAt - (until.at(-1)?.at ?? 0)
const person = until.map((event) => ({ ...event, at: event.at + shift, userId: event.userId }))
const flood = Array.from({ length: strangers }, (_, n) =>
  handshakeEvent('client.registered', registeredAt + (n % 900), {
    address: `198.51.${n >> 8}.${n & 255}`,
    userAgent: 'claude-code/2.1.204 (cli)',
    clientId: `client_flood_${n}`,
    path: '/register',
    status: 201,
    detail: { clientName: 'Claude Code', redirectUris: ['http://localhost/callback'] },
  }),
)

type Join = typeof import('@/lib/recorder/handshake-join')
type Alerts = typeof import('@/lib/recorder/handshake-alerts')
let join: Join
let alerts: Alerts
let query: (sql: string) => Promise<{ rows: Record<string, unknown>[] }>
let stop: () => Promise<void>

beforeAll(async () => {
  const { database, closeDatabase } = await useOwnDatabase()
  const { pool } = await database()
  join = await import('@/lib/recorder/handshake-join')
  alerts = await import('@/lib/recorder/handshake-alerts')
  query = (sql) => pool.query(sql)
  stop = closeDatabase
  await query(insertRecorded([...flood, ...person].toSorted((a, b) => a.at - b.at)))
  while ((await join.joinWritten(now, 0)).more);
})
afterAll(() => stop())

const verdicts = async (lane: string) =>
  (
    await query(`select verdict, count(*)::int as count from "Handshake" where lane = '${lane}'
    group by verdict order by verdict`)
  ).rows

test('each lane is told, and nothing is due yet', async () => {
  expect(await verdicts('person')).toEqual([{ verdict: 'in-progress', count: 1 }])
  expect(await verdicts('stranger')).toEqual([{ verdict: 'in-progress', count: strangers }])
})

test('a person’s attempt is judged in the first turn, with thousands due before it', async () => {
  await join.joinWritten(now + 6000, 0)
  expect(await verdicts('person')).toEqual([{ verdict: 'stalled', count: 1 }])
  const waiting = (await verdicts('stranger')).find(({ verdict }) => verdict === 'in-progress')
  expect(Number(waiting?.count)).toBeGreaterThanOrEqual(strangers - 100)
})

test('it is told of first and for itself, strangers’ together', async () => {
  while ((await join.joinWritten(now + 6000, 0)).more);
  const told: (readonly string[])[] = []
  const end = alerts.onTrouble((handshakes) => void told.push(handshakes.map(({ lane }) => lane)))
  await alerts.reportTrouble(now + 6000)
  end()
  expect(told[0]).toEqual(['person'])
  expect(told).toHaveLength(2)
  expect(new Set(told[1])).toEqual(new Set(['stranger']))
  expect(told[1]?.length).toBeLessThanOrEqual(500)
})
