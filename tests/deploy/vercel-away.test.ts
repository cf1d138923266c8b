import { afterAll, beforeAll, expect, test } from 'vitest'
import { read } from '../support/oauth'
import { type PostgresTap, tapPostgres } from '../support/postgres-tap'
import { type DeployedDatabase, deploy, newDatabase } from './vercel/deployment'
import type { Platform } from './vercel/platform'

/** A deployment whose database cannot be reached: no server of ours stands in front of its pages. */

let database: DeployedDatabase
let tap: PostgresTap
let portico: Platform

beforeAll(async () => {
  database = await newDatabase()
  tap = await tapPostgres(String(database.env.DATABASE_URL))
  portico = await deploy({ env: { ...database.env, DATABASE_URL: tap.url } })
})
afterAll(async () => {
  await portico?.stop()
  await tap?.close()
  await database?.drop()
})

const authorize =
  '/authorize?response_type=code&client_id=c&redirect_uri=https%3A%2F%2Fclaude.ai%2Fapi%2Fmcp%2Fauth_callback'

async function page(path: string) {
  const headers = { accept: 'text/html,application/xhtml+xml' }
  return read(await fetch(portico.origin + path, { headers, redirect: 'manual' }))
}

async function expectAway(): Promise<void> {
  for (const path of ['/sign-in', '/admin', '/connections', authorize]) {
    const { status, text, headers } = await page(path)
    expect([path, status, headers.get('retry-after')]).toEqual([path, 503, expect.anything()])
    expect(text).toContain('The database of this server does not answer at present.')
    expect(text).toContain('<meta http-equiv="refresh"')
  }
  const answer = await read(
    await fetch(`${portico.origin}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'r',
        client_id: 'c',
      }),
    }),
  )
  expect([answer.status, JSON.parse(answer.text).error]).toEqual([503, 'temporarily_unavailable'])
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
}

test('pages and endpoints answer 503, warm and cold, and serve again when it is back', async () => {
  const before = [(await page('/sign-in')).status, (await page('/admin')).status]
  const { port } = new URL(tap.url)
  await tap.close()
  await expectAway()
  await portico.untilFrozen()
  await portico.killAll()
  await expectAway()
  await portico.untilFrozen()
  tap = await tapPostgres(String(database.env.DATABASE_URL), Number(port))
  await expect
    .poll(async () => [(await page('/sign-in')).status, (await page('/admin')).status])
    .toEqual(before)
  expect(portico.output()).not.toMatch(/PrismaClient|ECONNREFUSED.*\n\s+at /)
})
