import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { mcpHeaders, postMcp, toolCall } from '../support/mcp/mcp-message'
import { authorizationUrl, newPkce, type RegisteredClient, register } from '../support/oauth/oauth'
import { type Connection, connect, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { operatorOf, signIn } from '../support/people/operator'
import { download, readLog } from '../support/people/operator-log'
import { openLiveLog } from '../support/people/operator-stream'
import { startPortico } from '../support/server/portico'
import { StartFailure } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

// several processes are started, one after another
vi.setConfig({ testTimeout: 240_000 })

const onPostgres = Boolean(process.env.TEST_DATABASE_URL)
const portOf = (origin: string) => Number(new URL(origin).port)

async function failureOf(start: Promise<unknown>): Promise<StartFailure> {
  const failure = await start.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(StartFailure)
  return failure as StartFailure
}

/** What clients were told while the process ran; every bit of it must be true afterwards. */
type Told = { readonly clients: RegisteredClient[]; readonly refreshTokens: string[] }

/** Registers and refreshes without a pause until nobody answers any more. */
async function workUntilKilled(origin: string, connection: Connection, told: Told): Promise<void> {
  const registering = async () => {
    for (;;) told.clients.push(await register(origin))
  }
  const refreshing = async () => {
    for (;;) {
      const token = told.refreshTokens.at(-1) ?? connection.tokens.refresh_token
      told.refreshTokens.push(tokensOf(await refresh(origin, connection, token)).refresh_token)
    }
  }
  await Promise.allSettled([registering(), refreshing()])
}

test('kill -9 loses nothing that was acknowledged', async () => {
  const first = await startPortico()
  const { origin } = first
  const operator = await operatorOf(origin)
  const idle = await connect(origin)
  const busy = await connect(origin)
  expect(
    (await postMcp(`${origin}/mcp`, idle.tokens.access_token, toolCall('whoami'))).status,
  ).toBe(200)
  const logged = await readLog(operator)
  const told: Told = { clients: [], refreshTokens: [] }
  const work = workUntilKilled(origin, busy, told)
  while (told.clients.length < 20 || told.refreshTokens.length < 10) await sleep(20)
  await first.kill()
  await work

  const second = await startPortico({ dataDir: first.dataDir, port: portOf(origin) })
  expect(second.pid).not.toBe(first.pid)
  const { challenge } = newPkce()
  // the person's session is still good, and so is every client that was told it is registered
  for (const client of told.clients) {
    const response = await operator.open(authorizationUrl(origin, client, challenge))
    expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
  }
  const answer = await postMcp(`${origin}/mcp`, idle.tokens.access_token, toolCall('whoami'))
  expect(answer.status).toBe(200)
  expect((await refresh(origin, idle, idle.tokens.refresh_token)).status).toBe(200)
  const last = told.refreshTokens.at(-1) ?? ''
  expect((await refresh(origin, busy, last)).status).toBe(200)
  const connections = await download(operator, 'connections')
  for (const { client } of [idle, busy]) expect(connections).toContain(client.client_id)
  const now = new Set((await readLog(operator)).map(({ id }) => id))
  expect(logged.filter(({ id }) => !now.has(id))).toEqual([])
  const registered = await readLog(operator, { event: 'client.registered' })
  const ids = new Set(registered.map(({ clientId }) => clientId))
  expect(told.clients.filter(({ client_id: id }) => !ids.has(id))).toEqual([])
})

describe('a second start', () => {
  if (onPostgres) {
    test('on the same database serves the same connections, and hears of their end', async () => {
      const first = await startPortico()
      const second = await startPortico({
        dataDir: first.dataDir,
        env: { PORTICO_URL: first.origin },
      })
      const connection = await connect(first.origin)
      const token = connection.tokens.access_token
      const callSecond = async () =>
        (await postMcp(`${second.origin}/mcp`, token, toolCall('whoami'))).status
      expect(await callSecond()).toBe(200)
      const { client, tokens } = connection
      const body = new URLSearchParams({ token: tokens.refresh_token, client_id: client.client_id })
      await fetch(`${first.origin}/revoke`, { method: 'POST', body })
      await sleep(1000)
      expect(await callSecond()).toBe(401)
    })
  } else {
    test('on the same data directory says who holds it', async () => {
      const first = await startPortico()
      const { code, output } = await failureOf(startPortico({ dataDir: first.dataDir }))
      expect(code).toBe(1)
      expect(output).toContain(
        `${first.dataDir} is in use by process ${first.pid} (${first.origin}`,
      )
      expect((await fetch(`${first.origin}/.well-known/jwks.json`)).status).toBe(200)
    })
  }
})

test(verifies(['A10'], 'a wrong configuration is named at once and whole'), async () => {
  const env = {
    PORTICO_URL: 'http://portico.example.com',
    PORTICO_ADMIN_EMAIL: 'nobody',
    PORTICO_ADMIN_PASSWORD: 'short',
    PORTICO_PROXY_HOPS: '-1',
    DATABASE_URL: 'mysql://localhost/portico',
  }
  const { code, output } = await failureOf(startPortico({ env }))
  expect(code).toBe(1)
  for (const name of Object.keys(env)) expect(output).toMatch(new RegExp(`^${name}: \\S`, 'm'))
  expect(output).toContain('must be https, except on localhost')
})

test('SIGTERM ends open streams, and the process within two seconds', async () => {
  const portico = await startPortico()
  const { origin } = portico
  const operator = await signIn(origin)
  const { tokens } = await connect(origin, { operator })
  const live = await Promise.all([openLiveLog(operator), openLiveLog(operator)])
  const stream = await fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: mcpHeaders(tokens.access_token),
    body: JSON.stringify(toolCall('connection_history', { limit: 100 })),
  })
  expect([stream.status, ...live.map(({ response }) => response.status)]).toEqual([200, 200, 200])
  const { code, ms } = await portico.stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(2000)
  expect(await Promise.all(live.map(({ ended }) => ended))).toEqual([true, true])
  expect(await stream.text()).toContain('"result"')
  expect(portico.output()).toContain('server.stopped')
})
