import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { useOwnDatabase as ownDatabase } from '../support/database/own-database'
import { verifies } from '../support/sources/verifies'

/** What anybody may make is kept up to a bound, and of each source its share. */

const { database, closeDatabase } = await ownDatabase()
const { pool } = await database()
const { openExchange } = await import('@/lib/recorder/exchange')
const { commit } = await import('@/lib/recorder/recorder')
const room = await import('@/lib/store/clients/room')
afterAll(closeDatabase)

const query = async (sql: string) =>
  (await pool.query(sql)).rows as Readonly<Record<string, unknown>>[]
const ids = async (table: string) =>
  (await query(`select id from "${table}" order by id`)).map(({ id }) => String(id))

const exchange = () => openExchange({ method: 'TEST', path: '/', headers: new Headers() }, 0)
type Whose = import('@/lib/store/clients/room').Whose
const discardClients = (whose: Whose, most: number) =>
  commit(exchange(), (tell) =>
    room.discardClients(whose, most, (count) => [
      tell('clients.pruned', { count, reason: { kind: 'no-room' } }),
    ]),
  )
const discardInteractions = (whose: Whose, most: number) =>
  commit(exchange(), (tell) =>
    room.discardInteractions(whose, most, (count) => [
      tell('interactions.pruned', { count, reason: { kind: 'no-room' } }),
    ]),
  )

/** Clients `<name><n>`, of which the highest is the newest. */
const clients = (name: string, count: number, source: string, more = '', value = '') => `
  insert into "Client" (id, kind, name, "redirectUris", "authMethod", "grantTypes", metadata,
    source, "createdAt" ${more})
  select '${name}' || lpad(n::text, 3, '0'), 'dynamic', 'x', '{https://x.example/}', 'none', '{}', '{}',
    '${source}', now() - interval '1 hour' + n * interval '1 second' ${value}
  from generate_series(1, ${count}) as n`

const interactions = (name: string, count: number, source: string, more = '', value = '') => `
  insert into "Interaction" (id, "clientId", "redirectUri", scope, resource, "codeChallenge", source,
    "createdAt", "expiresAt" ${more})
  select '${name}' || lpad(n::text, 3, '0'), 'asked001', 'https://x.example/', '', '', '', ${source},
    now() - interval '10 minutes' + n * interval '1 second', now() + interval '20 minutes' ${value}
  from generate_series(1, ${count}) as n`

beforeEach(async () => {
  await query('truncate "Client", "Event", "Handshake", "User" cascade')
})

describe('clients that nobody has allowed', () => {
  const stay = ['allowed001', 'asked001', 'disabled001', 'used001']

  beforeEach(async () => {
    await query(clients('flood', 60, '203.0.113.7'))
    await query(clients('other', 3, '198.51.100.4'))
    await query(clients('claude', 30, 'anthropic'))
    await query(clients('used', 1, '203.0.113.7', ', "lastUsedAt"', ', now()'))
    await query(clients('allowed', 1, '203.0.113.7', ', "approvedAt"', ', now()'))
    await query(clients('disabled', 1, '203.0.113.7', ', "disabledAt"', ', now()'))
    await query(clients('asked', 1, '203.0.113.7'))
    await query(interactions('asks', 1, `'203.0.113.7'`))
  })

  test(verifies(['A52'], 'the oldest of whoever made the most go, in one event'), async () => {
    // what one source made before, and what was made since by many, takes nothing from another
    expect(await discardClients('strangers', 10)).toBe(53)
    const kept = await ids('Client')
    expect(kept.filter((id) => id.startsWith('flood'))).toEqual(
      [54, 55, 56, 57, 58, 59, 60].map((n) => `flood0${n}`),
    )
    expect(kept.filter((id) => id.startsWith('other'))).toHaveLength(3)
    expect(kept).toEqual(expect.arrayContaining(stay))
    expect(await query('select name, detail from "Event"')).toEqual([
      { name: 'clients.pruned', detail: { count: 53, reason: { kind: 'no-room' } } },
    ])
    expect(await discardClients('strangers', 10)).toBe(0)
  })

  test('hosted Claude’s have room of their own', async () => {
    await discardClients('strangers', 0)
    const kept = await ids('Client')
    expect(kept.filter((id) => id.startsWith('claude'))).toHaveLength(30)
    expect(kept.filter((id) => !id.startsWith('claude'))).toEqual(stay)
    expect(await discardClients('claude', 20)).toBe(10)
  })
})

test('authorization requests that nobody has seen: the same, and those of people stay', async () => {
  await query(clients('asked', 1, '203.0.113.7'))
  await query(interactions('flood', 60, `'203.0.113.7'`))
  await query(interactions('honest', 1, `'198.51.100.4'`))
  await query(interactions('person', 5, 'null'))
  await query(interactions('seen', 5, `'203.0.113.7'`, ', "shownAt"', ', now()'))
  expect(await discardInteractions('strangers', 10)).toBe(51)
  const kept = await ids('Interaction')
  expect(kept.filter((id) => id.startsWith('flood'))).toHaveLength(9)
  expect(kept).toContain('flood060')
  expect(kept).toContain('honest001')
  expect(kept.filter((id) => /^(person|seen)/.test(id))).toHaveLength(10)
  expect(await query('select count(*)::int as count from "Event"')).toEqual([{ count: 1 }])
})

test('attempts of strangers beyond a bound: the oldest go, of people and Claude none', async () => {
  for (const lane of ['stranger', 'claude', 'person']) {
    await query(`insert into "Handshake" (id, lane, surface, "startedAt", "lastAt", verdict, "verdictAt",
        unused, "changedAt")
      select '${lane}' || lpad(n::text, 3, '0'), '${lane}', 'unknown', now(), now() + n * interval '1 s',
        'stalled', now(), false, now() from generate_series(1, 20) as n`)
  }
  expect(await room.discardAttempts(5)).toBe(15)
  const kept = await ids('Handshake')
  expect(kept).toHaveLength(45)
  expect(kept).toContain('stranger020')
  expect(kept).not.toContain('stranger015')
})
