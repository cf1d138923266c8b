import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectAs } from '../support/clients/claude'
import { claudeCode, codex, hostedClaude } from '../support/clients/claude-clients'
import { mcpHeaders, postMcp, toolCall } from '../support/mcp/mcp-message'
import { callInSession, openSession } from '../support/mcp/mcp-session'
import { obtainCode, register } from '../support/oauth/oauth'
import { connect, exchangeCode, tokensOf } from '../support/oauth/oauth-tokens'
import { type Operator, signIn } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { receiveWebhooks, type WebhookReceiver } from '../support/receivers/webhook-receiver'
import { type DeployedDatabase, deploy, newDatabase, settings } from './vercel/deployment'
import type { Platform } from './vercel/platform'

/** Functions are frozen 5 ms after each answer, thawed for the next, and die in between. */

let database: DeployedDatabase
let receiver: WebhookReceiver
let portico: Platform
let operator: Operator

/** Which key an access token is signed with. */
const kidOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

/** What an operator does on a machine of theirs. */
const rotateKeys = (env: Readonly<Record<string, string>>) =>
  promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'lib/cli/keys.ts', 'rotate'],
    { env: { ...process.env, ...env } },
  )

const key = Buffer.from('a key of thirty-two bytes, no less').toString('base64')

beforeAll(async () => {
  ;[database, receiver] = await Promise.all([newDatabase(), receiveWebhooks('/hook')])
  portico = await deploy(database, {
    env: {
      PORTICO_ALERT_WEBHOOK_URL: receiver.url,
      PORTICO_ALERT_WEBHOOK_SECRET: `whsec_${key}`,
    },
  })
  operator = await signIn(portico.origin)
})
afterAll(async () => {
  await portico?.stop()
  await Promise.all([receiver?.close(), database?.drop()])
})

const mcpUrl = () => `${portico.origin}/mcp`
const person = (url: URL) => approve(operator, url)

const eventsOf = async (clientId: string): Promise<string[]> =>
  (
    await database.query('select name from "Event" where "clientId" = $1 order by id', [clientId])
  ).map(({ name }) => String(name))

/** What the flight recorder has of the requests that clients make. */
const recorded = () =>
  database.query(
    `select method, path, status from "Event" where method in ('GET', 'POST', 'HEAD') order by id`,
  )

/** Paths of the protocol, of whose every request there is an event. */
const isOfProtocol = (path: string) =>
  path.startsWith('/.well-known/') || ['/mcp', '/register', '/token', '/authorize'].includes(path)

const lineOf = ({ method, path, status }: Readonly<Record<string, unknown>>) =>
  `${method} ${path} ${status}`

describe('work after the answer', () => {
  it('leaves an event of every request of a whole connection, and its handshake reads connected', async () => {
    const from = portico.requests.length
    const connected = await connectAs(hostedClaude, mcpUrl(), person)
    await portico.untilFrozen()
    const clientId = connected.client.client_id
    const asked = portico.requests.slice(from).filter(({ path }) => isOfProtocol(path))
    const written = (await recorded()).map(lineOf)
    const lost = asked.map(lineOf).filter((line) => {
      const at = written.indexOf(line)
      if (at >= 0) written.splice(at, 1)
      return at < 0
    })
    expect(lost).toEqual([])
    // each person and each client has an address of their own
    const known = await database.query(
      `select distinct address from "Event" where "clientId" = $1 and address like '160.79.106.%'`,
      [clientId],
    )
    expect(known.length).toBeGreaterThan(0)
    const [handshake] = await database.query('select * from "Handshake" where "clientId" = $1', [
      clientId,
    ])
    expect(handshake).toMatchObject({ verdict: 'connected' })
    const [joined] = await database.query(
      'select count(*)::int as n from "HandshakeEvent" where "handshakeId" = $1',
      [handshake?.id],
    )
    const [all] = await database.query(
      'select count(*)::int as n from "Event" where "clientId" = $1',
      [clientId],
    )
    expect(joined?.n).toBeGreaterThanOrEqual(Number(all?.n))
  })

  it('counts the use of a connection', async () => {
    const { tokens, client } = await connect(portico.origin, { operator })
    for (let call = 0; call < 3; call += 1) {
      await postMcp(mcpUrl(), tokens.access_token, toolCall('server_status'))
    }
    await portico.untilFrozen()
    const [grant] = await database.query(
      'select calls, "lastActiveAt" from "Grant" where "clientId" = $1',
      [client.client_id],
    )
    expect(grant).toMatchObject({ calls: 3, lastActiveAt: expect.any(Date) })
  })

  it('shows it all in the dashboard, whichever instance is asked', async () => {
    const connected = await connectAs(claudeCode, mcpUrl(), person)
    await portico.untilFrozen()
    await portico.killAll()
    const [handshake] = await database.query('select id from "Handshake" where "clientId" = $1', [
      connected.client.client_id,
    ])
    const page = await (await operator.open(`/admin/handshakes/${handshake?.id}`)).text()
    expect(page).toContain('Connected')
  })
})

describe('what nobody comes back for', () => {
  it('gets its verdict and its alert by the cron route alone', async () => {
    const { client } = await connect(portico.origin, { operator })
    const id = client.client_id
    await portico.untilFrozen()
    await portico.killAll()
    const alerts = () => receiver.posted.filter(({ body }) => body.includes(id)).length
    // the time within which a client that has a token comes
    await sleep(16_000)
    expect(alerts()).toBe(0)
    expect((await portico.runCron('/api/cron')).status).toBe(200)
    // an alert may be left to the next minute's call
    if (alerts() === 0) await portico.runCron('/api/cron')
    await portico.untilFrozen()
    expect(alerts()).toBe(1)
    const rows = await database.query(
      'select id, verdict, stage from "Handshake" where "clientId" = $1',
      [id],
    )
    expect(rows).toMatchObject([{ verdict: 'stalled', stage: 'first-mcp-request' }])
    await portico.runCron('/api/cron')
    await portico.runCron('/api/cron')
    await portico.untilFrozen()
    expect(alerts()).toBe(1)
    // functions that woke in its middle are not what it broke off for
    await portico.killAll()
    const report = await operator.open(`/admin/handshakes/${rows[0]?.id}/export?format=json`)
    const text = await report.text()
    expect(text).toContain('first-mcp-request')
    expect(text).not.toContain('server-restarted')
  })

  it.each([
    ['nobody', undefined],
    ['somebody who guesses', 'Bearer sixteen characters or less'],
  ])('is no business of %s', async (_who, authorization) => {
    const headers: HeadersInit = authorization ? { authorization } : {}
    const { status } = await fetch(`${portico.origin}/api/cron`, { headers })
    expect([401, 404]).toContain(status)
  })
})

describe('a frozen instance', () => {
  it('holds no lock and no transaction', async () => {
    await connectAs(hostedClaude, mcpUrl(), person)
    await portico.untilFrozen()
    expect(portico.instances().length).toBeGreaterThan(1)
    expect(await database.held()).toEqual([])
  })

  it('that dies takes nothing with it: the next cold start holds up nobody', async () => {
    await register(portico.origin)
    await portico.untilFrozen()
    await portico.killAll()
    expect(await database.held()).toEqual([])
    const answers = await Promise.all([1, 2, 3].map(() => register(portico.origin)))
    expect(answers).toHaveLength(3)
  })
})

describe('a session of the older era', () => {
  it('goes on from one instance to another, and when its own died frozen', async () => {
    const { tokens } = await connect(portico.origin, { operator })
    const session = await openSession(mcpUrl(), tokens.access_token)
    const names = new Set<number>()
    const call = async () => {
      const { rpc, status } = await callInSession(mcpUrl(), session, 'server_status')
      for (const { pid } of portico.instances()) names.add(pid)
      return { status, isError: rpc.result?.isError === true || rpc.error !== undefined }
    }
    const well = { status: 200, isError: false }
    expect(await call()).toEqual(well)
    await portico.untilFrozen()
    await portico.killAll()
    expect(await call()).toEqual(well)
    // at once, each by an instance of its own
    expect(await Promise.all([call(), call(), call()])).toEqual([well, well, well])
    expect(names.size).toBeGreaterThan(3)
  })

  it('is ended by its client on any instance', async () => {
    const { tokens } = await connect(portico.origin, { operator })
    const session = await openSession(mcpUrl(), tokens.access_token)
    await portico.untilFrozen()
    await portico.killAll()
    const headers = mcpHeaders(session.token, {
      'mcp-session-id': session.id,
      'mcp-protocol-version': session.revision,
    })
    const { ok } = await fetch(mcpUrl(), { method: 'DELETE', headers })
    expect(ok).toBe(true)
    expect((await callInSession(mcpUrl(), session, 'server_status')).status).toBe(404)
  })
})

describe('a cold start', () => {
  it('at every step of a connection loses nothing of it', async () => {
    const cold = async () => {
      await portico.untilFrozen()
      await portico.killAll()
    }
    const { client } = await connectAs(codex, mcpUrl(), async (url) => {
      await cold()
      const callback = await person(url)
      await cold()
      return callback
    })
    await cold()
    const rows = await database.query('select verdict from "Handshake" where "clientId" = $1', [
      client.client_id,
    ])
    expect(rows).toEqual([{ verdict: 'connected' }])
    expect(await eventsOf(client.client_id)).toEqual(
      expect.arrayContaining([
        'client.registered',
        'consent.granted',
        'token.issued',
        'mcp.called',
      ]),
    )
  })
})

describe('a signing key that was replaced', () => {
  it('is known to an instance that was frozen meanwhile', async () => {
    const { tokens: before } = await connect(portico.origin, { operator })
    expect((await postMcp(mcpUrl(), before.access_token, toolCall('whoami'))).status).toBe(200)
    const code = await obtainCode(portico.origin, { operator })
    await portico.untilFrozen()
    await rotateKeys({ ...settings, ...database.env, PORTICO_URL: portico.origin })
    // the first of its instances starts after the rotation, and signs with the new key
    const elsewhere = await deploy(database, { env: { PORTICO_URL: portico.origin } })
    try {
      const tokens = tokensOf(await exchangeCode(elsewhere.origin, code))
      const { status, text } = await postMcp(mcpUrl(), tokens.access_token, toolCall('whoami'))
      expect({ status, text }).toMatchObject({ status: 200 })
      // and signs with it too
      const { tokens: after } = await connect(portico.origin, { operator })
      expect(kidOf(after.access_token)).toBe(kidOf(tokens.access_token))
      expect(kidOf(after.access_token)).not.toBe(kidOf(before.access_token))
    } finally {
      await elsewhere.stop()
    }
  })
})
