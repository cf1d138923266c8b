import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresTap, tapPostgres } from '../support/database/postgres-tap'
import { read } from '../support/oauth/oauth'
import { type Operator, signIn } from '../support/people/operator'
import { admin } from '../support/server/portico-process'
import { type DeployedDatabase, deploy, newDatabase } from './vercel/deployment'
import type { Platform } from './vercel/platform'

/** A deployment whose database cannot be reached: no server of ours stands in front of its pages. */

let database: DeployedDatabase
let tap: PostgresTap
let portico: Platform
let operator: Operator

beforeAll(async () => {
  database = await newDatabase()
  tap = await tapPostgres(String(database.env.DATABASE_URL))
  const env = { PORTICO_ADMIN_EMAIL: admin.email, PORTICO_ADMIN_PASSWORD: admin.password }
  portico = await deploy({ env: { ...database.env, ...env, DATABASE_URL: tap.url } })
  operator = await signIn(portico.origin, admin)
})
afterAll(async () => {
  await portico?.stop()
  await tap?.close()
  await database?.drop()
})

const authorize =
  '/authorize?response_type=code&client_id=c&redirect_uri=https%3A%2F%2Fclaude.ai%2Fapi%2Fmcp%2Fauth_callback'

const asBrowser = { accept: 'text/html,application/xhtml+xml' }
const anonymous = (path: string) =>
  fetch(portico.origin + path, { headers: asBrowser, redirect: 'manual' })

/** What needs the database, and what may do without it. */
async function expectAway(): Promise<void> {
  const asked = [
    ...['/admin', '/connections'].map(async (path) => [path, await operator.open(path)] as const),
    (async () => ['/authorize', await anonymous(authorize)] as const)(),
  ]
  for (const [path, response] of await Promise.all(asked)) {
    const { status, text, headers } = await read(response)
    expect([path, status, headers.get('retry-after')]).toEqual([path, 503, expect.anything()])
    expect(text).toContain('The database of this server does not answer at present.')
    expect(text).toContain('<meta http-equiv="refresh"')
  }
  for (const path of ['/sign-in', '/admin', '/connections']) {
    expect([path, (await anonymous(path)).status]).toEqual([
      path,
      expect.toBeOneOf([200, 307, 503]),
    ])
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
  const before = [(await anonymous('/sign-in')).status, (await operator.open('/admin')).status]
  const { port } = new URL(tap.url)
  await tap.close()
  await expectAway()
  await portico.untilFrozen()
  await portico.killAll()
  await expectAway()
  await portico.untilFrozen()
  tap = await tapPostgres(String(database.env.DATABASE_URL), Number(port))
  await expect
    .poll(async () => [
      (await anonymous('/sign-in')).status,
      (await operator.open('/admin')).status,
    ])
    .toEqual(before)
  expect(portico.output()).not.toMatch(/PrismaClient|ECONNREFUSED.*\n\s+at /)
})
