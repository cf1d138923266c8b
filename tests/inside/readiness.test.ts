import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useOwnDatabase } from '../support/database/own-database'

/** What a load balancer is told of the migrations. */

/** What was found holds for a second. */
const holdsMs = 1100
let check: () => Promise<string>
let run: (sql: string) => Promise<unknown>
let stop: () => Promise<void>

beforeAll(async () => {
  const { database, closeDatabase } = await useOwnDatabase()
  const { pool } = await database()
  const { readiness } = await import('@/lib/endpoints/health')
  run = (sql) => pool.query(sql)
  check = async () => {
    await sleep(holdsMs)
    return (await readiness()).checks.migrations
  }
  stop = closeDatabase
})
afterAll(() => stop())

test('all applied, one that failed, and one that is missing are told apart', async () => {
  expect(await check()).toBe('ok')
  await run(`insert into _prisma_migrations (id, checksum, migration_name)
    values ('failed', '', '20991231235959_failed')`)
  expect(await check()).toBe('one failed')
  await run(`delete from _prisma_migrations where id = 'failed'`)
  await run(`delete from _prisma_migrations
    where migration_name = (select max(migration_name) from _prisma_migrations)`)
  expect(await check()).toBe('1 not applied')
})
