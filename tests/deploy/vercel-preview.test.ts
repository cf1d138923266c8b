import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeployedDatabase, deploy, newDatabase, settings } from './vercel/deployment'
import type { Platform } from './vercel/platform'

/** A preview that was given the database of production. */

let database: DeployedDatabase
const running: Platform[] = []

async function deployed(env: Readonly<Record<string, string>>): Promise<Platform> {
  const platform = await deploy(database, { env })
  running.push(platform)
  return platform
}

const preview = {
  ...settings,
  VERCEL_ENV: 'preview',
  VERCEL_TARGET_ENV: 'preview',
  VERCEL_URL: 'portico-8h5n4r0sw-acme.vercel.app',
}

/** The tables, and what of them was applied. */
const schema = () =>
  database.query(
    `select table_name, column_name from information_schema.columns
      where table_schema = 'public' order by 1, 2`,
  )

const migrations = readdirSync('prisma/migrations')
  .filter((name) => /^\d+_/.test(name))
  .sort()
const newest = migrations.at(-1) ?? ''

/** Makes the tables as the release before the newest migration left them. */
async function makeOlderTables(): Promise<void> {
  await database.query(`create table _prisma_migrations (
    id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
    migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
    started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`)
  for (const name of migrations.slice(0, -1)) {
    const sql = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8')
    await database.query(sql)
    await database.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, now(), $3, 1)`,
      [randomUUID(), createHash('sha256').update(sql).digest('hex'), name],
    )
  }
}

const applied = async () =>
  (await database.query('select migration_name as name from _prisma_migrations')).map(({ name }) =>
    String(name),
  )

beforeAll(async () => {
  database = await newDatabase()
  await makeOlderTables()
})
afterAll(async () => {
  await Promise.all(running.map((platform) => platform.stop()))
  await database?.drop()
})

describe('a preview on the database of production', () => {
  it('changes no table that production has, and says so in the log', async () => {
    const before = await schema()
    const portico = await deployed(preview)
    for (const at of ['/mcp', '/sign-in', '/.well-known/jwks.json']) {
      const response = await fetch(portico.origin + at)
      expect(response.status).toBeGreaterThanOrEqual(500)
      await response.body?.cancel()
    }
    expect(portico.output()).toContain(newest)
    expect(portico.output()).toMatch(/are changed only when asked to: .*PORTICO_MIGRATE/)
    expect(await schema()).toEqual(before)
    expect(await applied()).not.toContain(newest)
  })

  it('leaves that to production', async () => {
    const production = await deployed({})
    expect((await fetch(`${production.origin}/.well-known/jwks.json`)).status).toBe(200)
    expect(await applied()).toContain(newest)
  })

  it('works once production has brought the tables up to date, and says whose they are', async () => {
    const portico = await deployed(preview)
    expect((await fetch(`${portico.origin}/.well-known/jwks.json`)).status).toBe(200)
    expect((await fetch(`${portico.origin}/sign-in`)).status).toBe(200)
    expect(portico.output()).toMatch(/preview .* uses the database of another deployment/)
  })
})
