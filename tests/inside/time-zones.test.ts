import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useOwnDatabase } from '../support/database/own-database'

/**
 * A session whose zone is not UTC all the same, as where something between forgets what it was told: what is
 * written says its offset, and what is read is read with it.
 */

let store: typeof import('@/lib/store/database/database')

/** An hour that Berlin has twice, one that it has not, and one that is another day in Kolkata. */
const moments = ['2026-10-25T00:30:00.000Z', '2026-03-29T01:30:00.125Z', '2026-11-29T20:15:54.321Z']
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata']

let zone = 'UTC'
const set = (client: pg.Client) =>
  void client.query(`set timezone = '${zone}'`).catch(() => undefined)

beforeAll(async () => {
  store = await useOwnDatabase()
  const { pool } = await store.database()
  // the statement of whoever takes the connection waits behind it
  pool.on('acquire', set)
})
afterAll(() => store.closeDatabase())

test.each(zones)('in %s, moments are stored and read as they are', async (name) => {
  zone = name
  const prisma = await store.prisma()
  for (const [index, moment] of moments.entries()) {
    const at = new Date(moment)
    const id = `${name}-${index}`
    await prisma.client.create({
      data: { id, kind: 'dynamic', name: id, authMethod: 'none', metadata: {}, createdAt: at },
    })
    const [row] = await prisma.$queryRaw<{ ms: number; at: Date; zone: string; same: bigint }[]>`
      select (extract(epoch from "createdAt") * 1000)::float8 as ms, "createdAt" as at,
        current_setting('TimeZone') as zone,
        (select count(*) from "Client" c where c.id = ${id} and c."createdAt" = ${at}) as same
      from "Client" where id = ${id}`
    expect(row).toEqual({ ms: at.getTime(), at, zone: name, same: 1n })
    const found = await store.transaction((connection) =>
      connection.client.findFirst({ where: { id, createdAt: { gte: at, lte: at } } }),
    )
    expect(found?.createdAt).toEqual(at)
    expect(await prisma.client.count({ where: { createdAt: { in: [at] }, id } })).toBe(1)
  }
})

test('a day is that of UTC, and a time without a zone is in UTC', async () => {
  zone = 'Asia/Kolkata'
  const prisma = await store.prisma()
  const expire = new Date('2026-11-29T20:15:54.321Z')
  await prisma.rateLimiterFlexible.create({ data: { key: 'k', points: 1, expire } })
  const [row] = await prisma.$queryRaw<{ text: string }[]>`
    select expire::text as text from "RateLimiterFlexible" where key = 'k'`
  expect(row?.text).toBe('2026-11-29 20:15:54.321')
  const read = await prisma.rateLimiterFlexible.findUnique({ where: { key: 'k' } })
  expect(read?.expire).toEqual(expire)
})
