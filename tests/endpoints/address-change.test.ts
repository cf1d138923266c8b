import { decodeJwt } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { obtainCode, register } from '../support/oauth/oauth'
import { connect, exchangeCode, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

/**
 * The public address of a server that keeps its data becomes another one. Here it is the port that
 * changes: to the server, an address is an address.
 */
const first = await startPortico()
const earlier = first.origin
const kept = await connect(earlier)
const other = await connect(earlier)
const second = await connect(earlier)
const pending = await obtainCode(earlier, { client: await register(earlier) })
await first.stop()

const whoami = (origin: string, token: string) =>
  postMcp(`${origin}/mcp`, token, toolCall('whoami'))
const spellings = (origin: string): (string | undefined)[] => [
  undefined,
  `${earlier}/mcp`,
  `${origin}/mcp`,
]

let running: Portico | null = null
afterAll(async () => void (await running?.stop()))

async function startAt(env: Record<string, string> = {}, port?: number): Promise<Portico> {
  await running?.stop()
  const { dataDir } = first
  running = await startPortico({ dataDir, env, ...(port ? { port } : {}) })
  return running
}

describe('an address that is not named any more', () => {
  test(verifies(['A38', 'R2'], 'every connection is told to sign in again, and can'), async () => {
    const { origin } = await startAt()
    expect(origin).not.toBe(earlier)

    const challenged = await whoami(origin, kept.tokens.access_token)
    expect(challenged.status).toBe(401)
    const header = challenged.headers.get('www-authenticate') ?? ''
    expect(header).toContain('error="invalid_token"')
    expect(header).toContain(
      `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
    )

    for (const resource of spellings(origin)) {
      const answer = await refresh(origin, kept, kept.tokens.refresh_token, { resource })
      expect(answer.status, String(resource)).toBe(400)
      expect(answer.body.error, String(resource)).toBe('invalid_grant')
      expect(answer.body.error_description).toContain('earlier address')
    }

    const again = await connect(origin, { client: kept.client })
    expect((await whoami(origin, again.tokens.access_token)).status).toBe(200)
  })

  test('a code of the earlier address has ended, too', async () => {
    const answer = await exchangeCode(running?.origin ?? '', pending)
    expect(answer.body.error).toBe('invalid_grant')
  })

  test('the log and the finding say what happened', async () => {
    const { origin } = running as Portico
    const operator = await operatorOf(origin)
    const seen = await untilLogged(operator, { event: 'token.refused' }, (rows) => rows.length > 0)
    expect(seen[0]?.detail).toMatchObject({
      reason: { kind: 'address-changed' },
      madeFor: `${earlier}/mcp`,
    })
    const challenged = await untilLogged(operator, { event: 'mcp.challenged' }, (rows) =>
      rows.some(({ detail }) => detail.madeFor !== undefined),
    )
    expect(challenged.find(({ detail }) => detail.madeFor)).toMatchObject({
      detail: { madeFor: `${earlier}/mcp` },
      clientId: kept.client.client_id,
    })
  })

  test('the finding and the page of the connection name both addresses', async () => {
    const { origin } = running as Portico
    const operator = await operatorOf(origin)
    const [row] = await untilLogged(operator, { event: 'token.refused' }, (all) =>
      all.some(({ grantId }) => grantId),
    )
    const page = await (await operator.open(`/admin/connections/${row?.grantId}`)).text()
    expect(textOf(page)).toContain(`${earlier}/mcp (made for an earlier address of this server)`)
    const of = await operator.open(`/admin/handshakes/of/${row?.id}`)
    const place = of.headers.get('location')
    const handshake = place ? await operator.open(place) : of
    expect(textOf(await handshake.text())).toContain(
      `The address of this server changed from ${earlier} to ${origin}`,
    )
  })

  test('so many refusals are no guesses, and keep nobody out', async () => {
    const { origin } = running as Portico
    for (let time = 0; time < 40; time += 1) {
      const { status } = await refresh(origin, other, other.tokens.refresh_token)
      expect(status).toBe(400)
    }
  })
})

describe('an address that is named as an earlier one', () => {
  test(verifies(['A38'], 'tokens go on, and a refresh moves the connection'), async () => {
    const { origin } = await startAt({ PORTICO_FORMER_URLS: `${earlier.toUpperCase()}/` })
    expect((await whoami(origin, other.tokens.access_token)).status).toBe(200)

    const withOld = await refresh(origin, other, other.tokens.refresh_token, {
      resource: `${earlier}/mcp`,
    })
    const moved = tokensOf(withOld)
    expect(decodeJwt(moved.access_token)).toMatchObject({ iss: origin, aud: `${origin}/mcp` })
    expect((await whoami(origin, moved.access_token)).status).toBe(200)
    expect((await whoami(origin, other.tokens.access_token)).status).toBe(200)

    const withNew = await refresh(origin, second, second.tokens.refresh_token, {
      resource: `${origin}/mcp`,
    })
    expect(decodeJwt(tokensOf(withNew).access_token).aud).toBe(`${origin}/mcp`)
    const operator = await operatorOf(origin)
    const rows = await untilLogged(operator, { event: 'token.refreshed' }, (all) => all.length > 1)
    expect(rows.map(({ detail }) => detail.movedFrom)).toContain(`${earlier}/mcp`)

    // it has moved for good: the earlier address need not be named for it any more
    await startAt({}, Number(new URL(origin).port))
    const after = await refresh(origin, other, moved.refresh_token)
    expect(after.status).toBe(200)
    const unmoved = await refresh(origin, kept, kept.tokens.refresh_token)
    expect(unmoved.body.error).toBe('invalid_grant')
  })

  test('documents name the present issuer alone', async () => {
    const { origin } = await startAt({ PORTICO_FORMER_URLS: earlier })
    const server = await fetch(`${origin}/.well-known/oauth-authorization-server`)
    const document = (await server.json()) as Record<string, unknown>
    expect(document.issuer).toBe(origin)
    expect(document.token_endpoint).toBe(`${origin}/token`)
  })
})

test('going back to the address, nothing is lost', async () => {
  const { origin } = await startAt({}, Number(new URL(earlier).port))
  expect(origin).toBe(earlier)
  expect((await refresh(origin, kept, kept.tokens.refresh_token)).status).toBe(200)
})

test('another spelling of the address is no change', async () => {
  const { origin } = await startAt(
    { PORTICO_URL: `${earlier.toUpperCase()}/` },
    Number(new URL(earlier).port),
  )
  expect((await whoami(origin, kept.tokens.access_token)).status).toBe(200)
})
