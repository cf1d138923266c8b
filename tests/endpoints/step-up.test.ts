import { beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '@/lib/vocabulary'
import {
  type McpAnswer,
  postMcp,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../support/mcp/mcp-message'
import { authorizationUrl, type Fields, newPkce, postForm, register } from '../support/oauth/oauth'
import { connect, credentialsOf, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { type Operator, operatorOf, signIn } from '../support/people/operator'
import { decide, textOf, visitConsent } from '../support/people/operator-consent'
import { press } from '../support/people/page-form'
import { personOf, storedPeople } from '../support/people/people'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

const env = { PORTICO_PROXY_HOPS: '1' }
const roles = ['operator', 'viewer', 'member'] as const
const observing = 'claudeai portico:observe'
const observerTools = ['list_connections', 'list_handshakes', 'get_handshake']
const promise = 'See who connects to this server'

let portico: Portico
const visitors = new Map<Role, Operator>()

const personWith = (role: Role): Operator => {
  const person = visitors.get(role)
  if (!person) throw new Error(`nobody is signed in as ${role}`)
  return person
}

beforeAll(async () => {
  portico = await startPortico({ env, stored: await storedPeople(...roles) })
  for (const role of roles) visitors.set(role, await signIn(portico.origin, personOf(role)))
})

/** Has an admin give a person another role. */
async function changeRole(of: Role, to: Role): Promise<void> {
  const admin = await operatorOf(portico.origin)
  await press(admin, `/admin/operators/user_${of}`, 'Save role', { role: to })
}

const connectAs = async (role: Role, fields: Fields = {}, client = register(portico.origin)) =>
  connect(portico.origin, { client: await client, operator: personWith(role), fields })

type Call = (token: string, name: string, args?: object) => Promise<McpAnswer>

/** A tool call in the form of each era. */
const eras: Record<'legacy' | 'modern', Call> = {
  legacy: (token, name, args) => postMcp(`${portico.origin}/mcp`, token, toolCall(name, args)),
  modern: (token, name, args = {}) =>
    postMcp(
      `${portico.origin}/mcp`,
      token,
      statelessRpc('tools/call', { name, arguments: args }),
      statelessHeaders('tools/call', name),
    ),
}

const challengeOf = ({ headers }: McpAnswer): string => headers.get('www-authenticate') ?? ''
const scopeOf = (answer: McpAnswer) => /\bscope="([^"]*)"/.exec(challengeOf(answer))?.[1]

describe.each(Object.entries(eras))('a %s client of an operator', (_, call) => {
  test(
    verifies(['R5'], 'is challenged for what a tool needs, asks for it, and is answered'),
    async () => {
      const before = await connectAs('operator', { scope: 'claudeai offline_access' })
      for (const name of observerTools) {
        const refused = await call(before.tokens.access_token, name, { id: 'int_A' })
        expect(refused.status).toBe(403)
        expect(challengeOf(refused)).toMatch(/^Bearer error="insufficient_scope"/)
        expect(challengeOf(refused)).toContain(
          `resource_metadata="${portico.origin}/.well-known/oauth-protected-resource/mcp"`,
        )
        expect(scopeOf(refused)).toBe(observing)
      }
      const after = await connectAs(
        'operator',
        { scope: observing },
        Promise.resolve(before.client),
      )
      expect(after.tokens.scope).toBe(observing)
      const listed = await call(after.tokens.access_token, 'list_connections', { limit: 100 })
      expect(listed.rpc.result?.structuredContent).toMatchObject({
        connections: expect.arrayContaining([
          expect.objectContaining({
            person: 'operator@portico.test',
            scopes: observing.split(' '),
            untrusted: expect.objectContaining({
              app: 'Test client',
              answer_goes_to: 'client.example',
            }),
          }),
        ]),
      })
      expect((await call(after.tokens.access_token, 'whoami')).status).toBe(200)
    },
  )
})

test(verifies(['R5', 'A17'], 'the consent page says what an operator allows'), async () => {
  const client = await register(portico.origin)
  const ask = (scope: string) =>
    authorizationUrl(portico.origin, client, newPkce().challenge, { scope })
  const textFor = async (scope: string) =>
    textOf((await visitConsent(personWith('operator'), ask(scope))).html)
  expect(await textFor(observing)).toContain(promise)
  expect(await textFor('claudeai')).not.toContain(promise)
})

describe.each(['viewer', 'member'] as const)('a %s', (role) => {
  test(
    verifies(['R5', 'A17'], 'is told that they cannot grant it, and grants the rest'),
    async () => {
      const client = await register(portico.origin)
      const url = authorizationUrl(portico.origin, client, newPkce().challenge, {
        scope: observing,
      })
      const text = textOf((await visitConsent(personWith(role), url)).html)
      expect(text).not.toContain(promise)
      expect(text).toContain('Only operators can allow that')
    },
  )

  test(verifies(['R5', 'A23'], 'gets a token without it'), async () => {
    const { tokens, client } = await connectAs(role, { scope: observing })
    expect(tokens.scope).toBe('claudeai')
    for (const call of Object.values(eras)) {
      expect((await call(tokens.access_token, 'list_connections')).status).toBe(403)
      expect((await call(tokens.access_token, 'whoami')).status).toBe(200)
    }
    const fields = { scope: observing }
    const wider = await refresh(portico.origin, { client }, tokens.refresh_token, fields)
    expect([wider.status, wider.body.error]).toEqual([400, 'invalid_scope'])
  })
})

test(verifies(['R5'], 'nobody is told of it who does not meet a challenge'), async () => {
  const documents = ['oauth-protected-resource/mcp', 'oauth-authorization-server']
  for (const name of documents) {
    const response = await fetch(`${portico.origin}/.well-known/${name}`)
    expect(await response.text()).not.toContain('portico:observe')
  }
  const client = await register(portico.origin, { scope: observing })
  expect(client.scope).toBe('claudeai offline_access')
  const { headers } = await postMcp(`${portico.origin}/mcp`, null, toolCall('list_connections'))
  expect(headers.get('www-authenticate')).toContain('scope="claudeai"')
})

test(verifies(['R5', 'A40', 'A65'], 'it ends with the role'), async () => {
  const confidential = { token_endpoint_auth_method: 'client_secret_post' }
  const client = register(portico.origin, confidential)
  const connection = await connectAs('operator', { scope: observing }, client)
  const { access_token: token, refresh_token: refreshToken } = connection.tokens
  expect((await eras.legacy(token, 'list_connections')).status).toBe(200)
  const answers = async () => {
    const fields = { token, ...credentialsOf(connection) }
    const { body } = await postForm(`${portico.origin}/introspect`, fields)
    return [(await eras.legacy(token, 'list_connections')).status, body.scope]
  }
  expect(await answers()).toEqual([200, observing])

  await changeRole('operator', 'viewer')
  expect(await answers()).toEqual([403, 'claudeai'])
  const whoami = await eras.modern(token, 'whoami')
  expect(whoami.rpc.result?.structuredContent).toMatchObject({ scopes: ['claudeai'] })
  const after = tokensOf(await refresh(portico.origin, connection, refreshToken))
  expect(after.scope).toBe('claudeai')
  expect((await eras.modern(after.access_token, 'list_connections')).status).toBe(403)

  await changeRole('operator', 'operator')
  const again = tokensOf(await refresh(portico.origin, connection, after.refresh_token))
  expect(again.scope).toBe(observing)
})

test(verifies(['R5', 'A19'], 'a role that grows on the way grants nothing unseen'), async () => {
  const client = await register(portico.origin)
  const url = authorizationUrl(portico.origin, client, newPkce().challenge, { scope: observing })
  const page = await visitConsent(personWith('member'), url)
  await changeRole('member', 'operator')
  expect((await decide(personWith('member'), page, 'allow')).status).toBe(400)
  const anew = await visitConsent(personWith('member'), new URL(page.path, portico.origin))
  expect(textOf(anew.html)).toContain(promise)
  expect((await decide(personWith('member'), anew, 'allow')).status).toBe(303)
})
