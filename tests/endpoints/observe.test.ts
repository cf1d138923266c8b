import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { authorizationUrl, newPkce, obtainCode, register } from '../support/oauth/oauth'
import { type Connection, connect, exchangeCode } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { answer, visitConsent } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
const observer = await connect(origin, { fields: { scope: 'claudeai portico:observe' } })

type Handshake = {
  readonly id: string
  readonly connection_id: string | null
  readonly verdict: string
  readonly stage: string | null
}
type Step = {
  readonly id: string
  readonly event: string
  readonly untrusted: { readonly reason: string | null; readonly user_agent: string | null }
}

const call = async (name: string, args: object) =>
  (await postMcp(`${origin}/mcp`, observer.tokens.access_token, toolCall(name, args))).rpc.result

const dataOf = async <Data>(name: string, args: object): Promise<Data> => {
  const result = await call(name, args)
  if (!result?.structuredContent) throw new Error(JSON.stringify(result))
  return result.structuredContent as Data
}

type Page = { readonly handshakes: Handshake[]; readonly next_cursor: string | null }

/** The newest handshake of a client, when it stands as is waited for: events are joined in time. */
async function untilVerdict(clientId: string, verdict: string): Promise<Handshake> {
  for (let time = 0; ; time += 1) {
    const { handshakes } = await dataOf<Page>('list_handshakes', { client_id: clientId })
    const [newest] = handshakes
    if (newest?.verdict === verdict) return newest
    if (time === 100) throw new Error(`it is ${newest?.verdict}, not ${verdict}`)
    await sleep(100)
  }
}

const client = (name: string) => register(origin, { client_name: name })
const unusedOf = async (clientId: string) =>
  (await dataOf<Page>('list_handshakes', { client_id: clientId, token_never_used: true }))
    .handshakes.length

describe('list_handshakes', () => {
  test('tells of one that was denied, and by whom', async () => {
    const { client_id: id, ...own } = await client('Denied')
    const url = authorizationUrl(origin, { client_id: id, ...own }, newPkce().challenge)
    await answer(await operatorOf(origin), url, 'deny')
    expect(await untilVerdict(id, 'refused-by-operator')).toMatchObject({
      untrusted: { app: 'Denied' },
      surface: 'unknown',
      identification: 'dynamic',
      person: 'admin@portico.test',
      connection_id: null,
      token_never_used: false,
    })
  })

  test('tells of one that waits for the person', async () => {
    const own = await client('Waiting')
    await visitConsent(await operatorOf(origin), authorizationUrl(origin, own, newPkce().challenge))
    expect(await untilVerdict(own.client_id, 'in-progress')).toMatchObject({ stage: 'decided' })
  })

  test('tells of one that connected, and leaves it out of those that did not', async () => {
    const own = await client('Connecting')
    const connection = await connect(origin, { client: own })
    await vi.waitFor(async () => expect(await unusedOf(own.client_id)).toBe(1), {
      timeout: 10_000,
    })
    await postMcp(`${origin}/mcp`, connection.tokens.access_token, toolCall('whoami'))
    expect(await untilVerdict(own.client_id, 'connected')).toMatchObject({
      untrusted: { app: 'Connecting' },
    })
    expect(await unusedOf(own.client_id)).toBe(0)
  })

  test('goes page by page', async () => {
    const own = await client('Paged')
    for (let time = 0; time < 3; time += 1) await obtainCode(origin, { client: own })
    const read = async () => {
      const seen: string[] = []
      let cursor: string | null | undefined
      do {
        const args = { client_id: own.client_id, limit: 2, ...(cursor ? { cursor } : {}) }
        const page = await dataOf<Page>('list_handshakes', args)
        seen.push(...page.handshakes.map(({ id }) => id))
        cursor = page.next_cursor
      } while (cursor)
      return seen
    }
    await vi.waitFor(async () => expect(await read()).toHaveLength(3), { timeout: 10_000 })
    expect(new Set(await read()).size).toBe(3)
  })
})

describe('get_handshake', () => {
  const read = (id: string, args: object = {}) =>
    dataOf<{
      handshake: Handshake
      findings: { rule: string; title: string; fix: string[] }[]
      stages: { stage: string; state: string }[]
      events: Step[]
      next_cursor: string | null
    }>('get_handshake', { id, ...args })

  test('tells of one whose code was refused, and why', async () => {
    const own = await client('Wrong verifier')
    const code = await obtainCode(origin, { client: own })
    await exchangeCode(origin, code, { code_verifier: newPkce().verifier })
    const { id } = await untilVerdict(own.client_id, 'failed')
    const { handshake, findings, stages, events } = await read(id)
    expect(handshake.stage).toBe('token-issued')
    expect(stages.find(({ stage }) => stage === 'token-issued')?.state).toBe('failed')
    expect(findings[0]).toMatchObject({ rule: 'pkce-mismatch', title: expect.stringMatching(/./) })
    expect(findings[0]?.fix.length).toBeGreaterThan(0)
    const refused = events.find(({ event }) => event === 'token.refused')
    expect(refused?.untrusted.reason).toMatch(/\w/)
  })

  async function connected(): Promise<{ connection: Connection; found: Handshake }> {
    const connection = await connect(origin, { client: await client('Told of') })
    await postMcp(`${origin}/mcp`, connection.tokens.access_token, toolCall('whoami'))
    const found = await untilVerdict(connection.client.client_id, 'connected')
    return { connection, found }
  }

  test('tells every step in order, by either id, and no secret', async () => {
    const { connection, found } = await connected()
    const told = await read(found.id)
    expect(told.handshake).toEqual(found)
    expect(told.events.map(({ event }) => event)).toEqual([
      'client.registered',
      'authorization.requested',
      'consent.shown',
      'consent.granted',
      'code.issued',
      'token.issued',
      'mcp.called',
    ])
    expect(await read(String(found.connection_id))).toEqual(told)
    const { access_token, refresh_token } = connection.tokens
    for (const secret of [access_token, refresh_token, connection.code, connection.verifier]) {
      expect(JSON.stringify(told)).not.toContain(secret)
    }
  })

  test('goes page by page', async () => {
    const { found } = await connected()
    const whole = (await read(found.id)).events
    const first = await read(found.id, { limit: 4 })
    const rest = await read(found.id, { cursor: first.next_cursor })
    const ids = (events: readonly Step[]) => events.map((event) => event.id).sort()
    expect(ids([...first.events, ...rest.events])).toEqual(ids(whole))
    expect(rest.next_cursor).toBeNull()
  })
})

describe('what leads nowhere is told', () => {
  test.each([
    ['get_handshake', { id: 'hs_0' }, /no handshake or connection/],
    ['get_handshake', { id: "hs_'; drop" }, /no handshake or connection/],
    ['list_handshakes', { cursor: 'hs_0' }, /is not one that this tool gave/],
    ['list_connections', { cursor: 'grant_unknown' }, /is not one that this tool gave/],
    ['list_connections', { cursor: '\u0000' }, /Input validation error/],
    ['list_connections', { limit: 101 }, /Input validation error/],
    ['list_connections', { state: 'gone' }, /Input validation error/],
  ])('%s %j', async (name, args, message) => {
    const result = await call(name, args)
    expect(result).toMatchObject({ isError: true })
    expect(JSON.stringify(result)).toMatch(message)
  })

  test('a text that no row can hold is searched without what it cannot hold', async () => {
    const page = await dataOf('list_connections', { text: `${observer.client.client_id}\u0000` })
    expect(page).toMatchObject({
      connections: [{ untrusted: { client_id: observer.client.client_id } }],
    })
  })
})

test.each([
  ['active', 1],
  ['paused', 0],
  ['revoked', 0],
])('list_connections finds what is %s', async (state, count) => {
  const args = { state, text: observer.client.client_id }
  const { connections } = await dataOf<{ connections: object[] }>('list_connections', args)
  expect(connections).toHaveLength(count)
})
