import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useOwnDatabase } from '../support/database/own-database'
import { verifies } from '../support/sources/verifies'

/** The log stays below its size, whatever is written, and what goes first is what nobody misses. */

type LogSize = typeof import('@/lib/store/events/size')
let size: LogSize
let pool: Awaited<ReturnType<typeof import('@/lib/store/database/database')['database']>>['pool']
let stop: () => Promise<void>

const mebibyte = 1024 * 1024
const now = new Date('2026-11-28T12:00:00Z')
/** Well before what may yet become part of an attempt. */
const longAgo = '2026-11-28T08:00:00Z'

beforeAll(async () => {
  const { database, closeDatabase } = await useOwnDatabase()
  pool = (await database()).pool
  size = await import('@/lib/store/events/size')
  stop = closeDatabase
})
afterAll(() => stop())

let written = 0

/** Who left an event: three of them in an attempt, the others in none. */
type Who = 'stranger' | 'nobody' | 'claude' | 'caller' | 'person'

/** Writes so many events of somebody, oldest first, as the recorder and the joiner would. */
async function write(count: number, who: Who) {
  const isAttempt = who === 'nobody' || who === 'claude' || who === 'person'
  const lane = who === 'nobody' ? 'stranger' : who
  const [grant, user] = who === 'caller' || who === 'person' ? ["'g_1'", "'u_1'"] : ['null', 'null']
  const from = written
  written += count
  await pool.query(
    `with made as (
      insert into "Event" (at, name, outcome, "requestId", method, path, status, "durationMs",
        address, network, "userAgent", "grantId", "userId", "clientId", detail)
      select $1::timestamptz + ($2::int + n) * interval '10 ms', 'mcp.challenged', 'refused',
        gen_random_uuid()::text, 'POST', '/mcp', 401, 3, '203.0.113.' || n % 250, 'public',
        'scanner/' || md5(n::text), ${grant}, ${user}, ${who === 'caller' ? "'c_1'" : 'null'},
        '{"reason": "missing"}'
      from generate_series(1, $3::int) as n returning id, at
    ), attempts as (
      insert into "Handshake" (id, surface, "startedAt", "lastAt", verdict, "verdictAt", unused,
        "changedAt", lane, "userId", "grantId")
      select 'hs_' || id, 'unknown', at, at, 'stalled', at, false, at, $5, ${user}, ${grant} from made
      where $4 returning id
    )
    insert into "HandshakeEvent" ("eventId", "handshakeId", "toldAt")
    select id, 'hs_' || id, at from made where $4`,
    [longAgo, from, count, isAttempt, lane],
  )
}

const count = async (where: string): Promise<number> =>
  (await pool.query(`select count(*)::int as count from ${where}`)).rows[0].count

const strangers =
  '"Event" e where "userId" is null and not exists (select from "HandshakeEvent" where "eventId" = e.id)'
const nobodys = `"Handshake" where "userId" is null and lane = 'stranger'`
const claudes = `"Handshake" where "userId" is null and lane = 'claude'`
const calls =
  '"Event" e where "userId" is not null and not exists (select from "HandshakeEvent" where "eventId" = e.id)'
const peoples = '"Handshake" where "userId" is not null'

const left = async () => Promise.all([strangers, nobodys, claudes, calls, peoples].map(count))

describe('a log that is larger than it may be', () => {
  test('loses nothing while it is not', async () => {
    await write(300, 'person')
    await write(300, 'caller')
    await write(300, 'claude')
    await write(300, 'nobody')
    await write(6000, 'stranger')
    expect(await size.trimLog(now, 64)).toBe(0)
    expect(await left()).toEqual([6000, 300, 300, 300, 300])
  })

  test('loses what strangers left, the oldest first', async () => {
    const before = await size.logBytes()
    const deleted = await size.trimLog(now, (before * 0.9) / mebibyte)
    expect(deleted).toBeGreaterThan(500)
    expect(await left()).toEqual([6000 - deleted, 300, 300, 300, 300])
    const oldest = await pool.query(`select min(at) as at from ${strangers}`)
    const newest = await pool.query(`select max(at) as at from ${strangers}`)
    const span = newest.rows[0].at.getTime() - oldest.rows[0].at.getTime()
    expect(span).toBe((6000 - deleted - 1) * 10)
  })

  test('then attempts of strangers, then of Claude, then calls, and attempts of people last', async () => {
    for (let round = 0; round < 16; round += 1) {
      const rows = await left()
      const [first = -1] = rows.flatMap((kind, index) => (kind > 0 ? [index] : []))
      const total = rows.reduce((sum, kind) => sum + kind, 0)
      if (total < 200) break
      // as the log stands, a fifth of it is too much
      const perRow = JSON.parse(
        (
          await pool.query(
            `select value #>> '{}' as value from "Setting" where key = 'log-size.measured'`,
          )
        ).rows[0].value,
      ).each
      await size.trimLog(
        now,
        ((total * perRow.events +
          ((rows[1] ?? 0) + (rows[2] ?? 0) + (rows[4] ?? 0)) * perRow.attempts) *
          0.95) /
          0.8 /
          mebibyte,
      )
      const after = await left()
      const gone = rows.map((kind, index) => kind - (after[index] ?? 0))
      const last = gone.findLastIndex((kind) => kind > 0)
      expect(gone.slice(0, first).every((kind) => kind === 0)).toBe(true)
      // what comes later goes only when what comes before is gone
      expect(after.slice(0, last).every((kind) => kind === 0)).toBe(true)
    }
    const rows = await left()
    expect(rows[0]).toBe(0)
    expect(rows[4]).toBeGreaterThan(0)
  })

  test('keeps what may yet become part of an attempt', async () => {
    await write(50, 'stranger')
    await pool.query(`update "Event" set at = $1 where at >= $2`, [now, longAgo])
    await pool.query(`update "Handshake" set "lastAt" = $1`, [now])
    const kept = await count('"Event"')
    await size.trimLog(now, 0.001)
    expect(await count('"Event"')).toBe(kept)
  })
})

test(verifies(['G3'], 'files stay below the bound while a flood goes on and on'), async () => {
  await pool.query(`truncate "Event", "Handshake", "HandshakeEvent"`)
  await pool.query(`delete from "Setting" where key = 'log-size.measured'`)
  const bound = 16
  let most = 0
  let all = 0
  for (let round = 0; round < 45; round += 1) {
    await write(800, 'stranger')
    await write(100, 'nobody')
    await write(20, 'person')
    all += 920
    await size.trimLog(now, bound)
    most = Math.max(most, await size.logBytes())
  }
  const kept = await count('"Event"')
  expect(kept).toBeLessThan(all / 2)
  // and it is used
  expect(most).toBeGreaterThan(bound * mebibyte * 0.6)
  expect(most).toBeLessThan(bound * mebibyte)
}, 120_000)
