import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { changeStored } from '../support/database/oauth-database'
import { databaseFor } from '../support/database/portico-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { connect, refresh } from '../support/oauth/oauth-tokens'
import { type Operator, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { readLog, untilLogged } from '../support/people/operator-log'
import { formWith, press } from '../support/people/page-form'
import { newPerson } from '../support/people/people-admin'
import { freePort } from '../support/server/free-port.mjs'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const env = {
  PORTICO_PROXY_HOPS: '1',
  PORTICO_SERVER_NAME: 'From the environment',
  PORTICO_ALERT_WEBHOOK_URL: 'http://localhost:9/hook-with-a-secret',
  PORTICO_ALERT_WEBHOOK_SECRET: Buffer.alloc(24, 7).toString('base64'),
  PORTICO_SECRET: randomBytes(32).toString('hex'),
  PORTICO_REFUSE_QUIRKS: 'bearer-case',
}
const path = '/admin/settings'

let portico: Portico
let admin: Operator

beforeAll(async () => {
  portico = await startPortico({ env })
  admin = await signIn(portico.origin)
})

const save = async (values: Readonly<Record<string, string>>): Promise<string> =>
  textOf(await (await press(admin, path, 'Save settings', values)).text())

/** What a server is called in its metadata (RFC 9728 §2). */
async function nameOf(origin: string): Promise<string> {
  const response = await fetch(`${origin}/.well-known/oauth-protected-resource/mcp`)
  return ((await response.json()) as { resource_name: string }).resource_name
}

const works = async (token: string) =>
  (await postMcp(`${portico.origin}/mcp`, token, toolCall('whoami'))).status === 200

describe('what an admin changes', () => {
  test('is felt at once, recorded, and follows the environment again', async () => {
    expect(await nameOf(portico.origin)).toBe('From the environment')
    expect(await save({ serverName: ' Ada’s server ' })).toContain('Saved')
    expect(await nameOf(portico.origin)).toBe('Ada’s server')
    expect(textOf(await (await admin.open('/admin')).text())).toContain('Ada’s server')
    expect(await save({ serverName: 'Ada’s server' })).toContain('Nothing has changed')
    const rows = await untilLogged(
      admin,
      { event: 'settings.changed' },
      (found) => found.length > 0,
    )
    expect(rows.map(({ detail }) => detail.settings)).toEqual([['server name']])
    const audit = textOf(await (await admin.open('/admin/audit?action=settings.changed')).text())
    expect(audit).toMatch(/Server name From the environment became Ada’s server/)

    expect(await save({ serverName: 'From the environment' })).toContain('Saved')
    portico = await changeStored(portico, [], { ...env, PORTICO_SERVER_NAME: 'Renamed' })
    expect(await nameOf(portico.origin)).toBe('Renamed')
    portico = await changeStored(portico, [], env)
    admin = await signIn(portico.origin)
  })

  test('counts for the next token, and for no token that is there', async () => {
    const before = await connect(portico.origin)
    expect(before.tokens.expires_in).toBe(3600)
    expect(await save({ accessTokenMinutes: '10' })).toContain('Saved')
    expect((await connect(portico.origin)).tokens.expires_in).toBe(600)
    const { body } = await refresh(portico.origin, before, before.tokens.refresh_token)
    expect(body.expires_in).toBe(600)
    expect(await works(before.tokens.access_token)).toBe(true)
  })

  test.each([
    [{ serverName: ' ' }, 'Give the server a name'],
    [{ serverName: 'x'.repeat(81) }, 'at most 80 characters'],
    [{ accessTokenMinutes: '5' }, 'from 6 to 1440'],
    [{ accessTokenMinutes: '1e2' }, 'from 6 to 1440'],
    [{ refreshIdleDays: '400', refreshMaxDays: '300' }, 'cannot live longer'],
    [{ eventDays: '0' }, 'from 1 to 3650'],
    [{ eventMegabytes: '63' }, 'from 64 to 999999'],
  ])('is refused where it is not safe: %j', async (values, why) => {
    const name = await nameOf(portico.origin)
    expect(await save(values)).toContain(why)
    expect(await nameOf(portico.origin)).toBe(name)
  })
})

test('what the environment says is shown with its status and without its secrets', async () => {
  const html = await (await admin.open(path)).text()
  const text = textOf(html)
  expect(text).toContain(portico.origin)
  expect(text).toContain('To localhost:9')
  expect(text).toContain('bearer-case')
  const secrets = ['hook-with-a-secret', env.PORTICO_ALERT_WEBHOOK_SECRET, env.PORTICO_SECRET]
  for (const secret of secrets) expect(html).not.toContain(secret)
})

test('an operator reads the settings and changes none', async () => {
  const operator = await newPerson(admin, 'olga@settings.test', 'operator')
  const html = await (await operator.open(path)).text()
  expect(textOf(html)).toContain('Server name')
  expect(html).not.toMatch(/Save settings|Revoke every connection/)
  const fields = formWith(await (await admin.open(path)).text(), 'Save settings')
  fields.set('serverName', 'Stolen')
  expect((await operator.open(path, { method: 'POST', body: fields })).status).toBe(404)
  expect(await nameOf(portico.origin)).not.toBe('Stolen')
})

test('every connection ends, once it is typed that this is meant', async () => {
  const [one, other] = [await connect(portico.origin), await connect(portico.origin)]
  const end = async (confirmation: string) =>
    textOf(await (await press(admin, path, 'Revoke every connection', { confirmation })).text())
  expect(await end('yes')).toContain('Type “revoke all connections” to go on')
  expect(await works(one.tokens.access_token)).toBe(true)

  expect(await end('Revoke all connections')).toMatch(/\d+ connections are revoked, of 1 person/)
  for (const { tokens, ...connection } of [one, other]) {
    expect(await works(tokens.access_token)).toBe(false)
    const again = await refresh(portico.origin, { ...connection }, tokens.refresh_token)
    expect(again.status).toBe(400)
  }
  const [all] = await untilLogged(admin, { event: 'grants.revoked' }, (rows) => rows.length > 0)
  const each = (await readLog(admin, { event: 'grant.revoked' })).filter(({ grantId }) => grantId)
  expect(all?.detail).toMatchObject({ connections: each.length, people: 1 })
  expect(textOf(await (await admin.open(path)).text())).toContain('no connection to revoke')
  const next = await connect(portico.origin)
  expect(await works(next.tokens.access_token)).toBe(true)
})

test('events older than they are kept for are deleted, and newer ones stay', async () => {
  expect(await save({ eventDays: '30' })).toContain('Saved')
  const event = (id: string, days: number) => `
    insert into "Event" (at, name, outcome, "requestId", detail)
      values (now() - interval '${days} days', 'root.visited', 'ok', '${id}', '{}')`
  portico = await changeStored(portico, [event('kept', 29), event('gone', 31)], env)
  admin = await signIn(portico.origin)
  const [pruned] = await untilLogged(admin, { event: 'events.pruned' }, (rows) => rows.length > 0)
  expect(pruned?.detail).toEqual({ count: 1, days: 30 })
  const ids = (await readLog(admin, { event: 'root.visited' })).map(({ requestId }) => requestId)
  expect(ids).toContain('kept')
  expect(ids).not.toContain('gone')
})

// the embedded database belongs to one process
test.skipIf(!process.env.TEST_DATABASE_URL)(
  'another instance hears of a change within a second',
  async () => {
    const port = await freePort()
    const shared = { ...env, PORTICO_URL: `http://localhost:${port}` }
    const one = await startPortico({ port, env: shared })
    const url = String(await databaseFor(one.dataDir))
    const other = await startPortico({ env: { ...shared, DATABASE_URL: url } })
    const on = await signIn(one.origin)
    await press(on, path, 'Save settings', { serverName: 'Heard' })
    await sleep(1000)
    expect([await nameOf(one.origin), await nameOf(other.origin)]).toEqual(['Heard', 'Heard'])
  },
)
