import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { changeStored } from '../support/database/oauth-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import {
  type DocumentServer,
  documentClient,
  serveDocuments,
  trusting,
} from '../support/oauth/document-server'
import { authorizationUrl, newPkce, type RegisteredClient } from '../support/oauth/oauth'
import { connect, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { form, type Operator, signIn } from '../support/people/operator'
import { textOf, visitConsent } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import type { Portico } from '../support/server/portico-process'
import { startTrusting } from '../support/server/trusting-portico'
import { verifies } from '../support/sources/verifies'

// several processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let documents: DocumentServer
let portico: Portico
let origin: string
let operator: Operator

beforeAll(async () => {
  documents = await serveDocuments()
  portico = await startTrusting(documents)
  origin = portico.origin
  operator = await signIn(origin)
})

afterAll(() => documents.close())

const authorizeAs = (client: RegisteredClient, fields = {}) =>
  operator.open(authorizationUrl(origin, client, newPkce().challenge, fields))
const countAsked = (path: string) => documents.asked.filter((one) => one === path).length

/** Says yes, and "remember it". */
async function allowAndRemember(client: RegisteredClient): Promise<string> {
  const page = await visitConsent(operator, authorizationUrl(origin, client, newPkce().challenge))
  const fields = { csrf: page.csrf, decision: 'allow', remember: 'yes' }
  await operator.open(page.action, form(fields))
  return page.html
}

describe('a client whose id is the URL of its document', () => {
  test(
    verifies(['A6', 'A54', 'A56', 'A17', 'A61', 'A62'], 'is asked about, and connects'),
    async () => {
      const logo = { logo_uri: `${documents.origin}/logo.png` }
      const client = documentClient(documents, '/usual.json', logo)
      const url = authorizationUrl(origin, client, newPkce().challenge)
      const { html } = await visitConsent(operator, url)
      expect(textOf(html)).toContain('Client at /usual.json')
      expect(textOf(html)).toContain(documents.host)
      expect(html).not.toContain('logo.png')
      const connection = await connect(origin, { client, operator })
      const next = tokensOf(await refresh(origin, connection, connection.tokens.refresh_token))
      expect((await postMcp(`${origin}/mcp`, next.access_token, toolCall('whoami'))).status).toBe(
        200,
      )
      expect(documents.asked).not.toContain('/logo.png')
    },
  )

  test(verifies(['A60'], 'has its document fetched once while it is fresh'), async () => {
    const client = documentClient(documents, '/cached.json')
    for (let time = 0; time < 4; time += 1) expect((await authorizeAs(client)).status).toBe(303)
    expect(countAsked('/cached.json')).toBe(1)
    const rows = await untilLogged(operator, { q: client.client_id }, (seen) =>
      seen.some(({ name }) => name === 'document.fetched'),
    )
    expect(rows.filter(({ name }) => name === 'document.fetched')).toHaveLength(1)
  })

  test(verifies(['A60'], 'may be seen for the first time by many at once'), async () => {
    const client = documentClient(documents, '/many.json')
    const answers = await Promise.all(Array.from({ length: 12 }, () => authorizeAs(client)))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(303))
  })
})

test(
  verifies(['A18'], 'a remembered yes is not asked for again, until the client asks'),
  async () => {
    const client = documentClient(documents, '/remembered.json')
    expect(await allowAndRemember(client)).toContain('name="remember"')
    const again = await authorizeAs(client)
    expect(again.headers.get('location')).toMatch(`${client.redirect_uris[0]}?code=pac_`)
    const asked = await authorizeAs(client, { prompt: 'consent' })
    expect(asked.headers.get('location')).toMatch(/^\/consent\/int_/)
    const wider = await authorizeAs(client, { scope: 'claudeai offline_access' })
    expect(wider.headers.get('location')).toMatch(/^\/consent\/int_/)
  },
)

test(
  verifies(['A12', 'A22'], 'an error goes to its host at once where an operator has approved it'),
  async () => {
    const client = documentClient(documents, '/faulty.json')
    const fault = authorizationUrl(origin, client, newPkce().challenge, { response_type: 'x' })
    const strange = () => fetch(fault, { redirect: 'manual' })
    // anybody can publish a document on a host of their own
    expect([(await strange()).status, (await strange()).headers.get('location')]).toEqual([
      400,
      null,
    ])
    await allowAndRemember(client)
    const answer = await strange()
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(`${client.redirect_uris[0]}?error=unsupported_`)
    // that the host is assured says nothing of another one in the same document
    const redirect_uris = [`${documents.origin}/callback`, 'https://evil.example/cb']
    const two = documentClient(documents, '/two.json', { redirect_uris })
    await allowAndRemember(two)
    const other = { response_type: 'x', redirect_uri: 'https://evil.example/cb' }
    const led = authorizationUrl(origin, two, newPkce().challenge, other)
    const page = await fetch(led, { redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([400, null])
  },
)

test(
  verifies(['A18'], 'a yes to loopback is asked for each time, whatever is posted'),
  async () => {
    const redirect_uris = ['http://127.0.0.1/callback']
    const client = documentClient(documents, '/loopback.json', { redirect_uris })
    expect(await allowAndRemember(client)).not.toContain('name="remember"')
    expect((await authorizeAs(client)).headers.get('location')).toMatch(/^\/consent\/int_/)
  },
)

test(
  verifies(['A60', 'A18'], 'a changed document is asked about, a broken one is not used'),
  async () => {
    const changed = documentClient(documents, '/changed.json')
    const broken = documentClient(documents, '/broken.json')
    const same = documentClient(documents, '/same.json')
    for (const client of [changed, broken, same]) await allowAndRemember(client)
    const stale = `update "Client" set "documentFreshUntil" = now() - interval '1 second'`
    portico = await changeStored(portico, [stale], trusting(documents))
    documentClient(documents, '/changed.json', {
      redirect_uris: [...changed.redirect_uris, `${documents.origin}/other`],
    })
    documents.serve('/broken.json', (response) => void response.writeHead(500).end())

    expect((await authorizeAs(changed)).headers.get('location')).toMatch(/^\/consent\/int_/)
    for (const client of [broken, same]) {
      expect((await authorizeAs(client)).headers.get('location')).toContain('?code=pac_')
      await authorizeAs(client)
    }
    expect(['/changed.json', '/broken.json', '/same.json'].map(countAsked)).toEqual([2, 2, 2])
    const named = async (client: RegisteredClient, name: string) => {
      const rows = await untilLogged(operator, { q: client.client_id }, (seen) =>
        seen.some((row) => row.name === name),
      )
      return rows.find((row) => row.name === name)?.detail
    }
    const { redirectUris } = (await named(changed, 'document.changed')) ?? {}
    expect(redirectUris).toHaveLength(2)
    expect(await named(broken, 'document.refused')).toMatchObject({ served: 'last good copy' })
  },
)

test.each([
  ['https://claude.ai/oauth/mcp-oauth-client-metadata', 'https://claude.ai/api/mcp/auth_callback'],
  ['https://claude.ai/oauth/claude-code-client-metadata', 'http://localhost:51703/callback'],
  ['https://claude.ai/oauth/claude-code-client-metadata', 'http://127.0.0.1:49211/callback'],
])(
  verifies(['A60', 'A56', 'A13'], '%s is known without network, and connects by %s'),
  async (id, redirectUri) => {
    const client = { client_id: id, redirect_uris: [redirectUri] }
    const connection = await connect(origin, { client, operator })
    expect(connection.callback.href.startsWith(redirectUri)).toBe(true)
    const next = tokensOf(await refresh(origin, connection, connection.tokens.refresh_token))
    expect((await postMcp(`${origin}/mcp`, next.access_token, toolCall('whoami'))).status).toBe(200)
    const rows = await untilLogged(operator, { q: id }, (seen) =>
      seen.some(({ name }) => name === 'document.refused'),
    )
    const refused = rows.find(({ name }) => name === 'document.refused')
    expect(refused?.detail).toMatchObject({ served: 'pinned copy' })
  },
)
