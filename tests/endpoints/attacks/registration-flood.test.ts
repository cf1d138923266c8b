import { beforeAll, describe, expect, test, vi } from 'vitest'
import { storedRows } from '../../support/database/oauth-database'
import { authorizationUrl, newPkce, postForm, postJson, register } from '../../support/oauth/oauth'
import { type Operator, signIn } from '../../support/people/operator'
import { approve } from '../../support/people/operator-consent'
import { untilLogged } from '../../support/people/operator-log'
import { sharedOrigin, startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const uri = (length: number, n: number) => `https://${'a'.repeat(length)}.example/${n}`
const metadata = (more: Readonly<Record<string, unknown>>) => ({
  client_name: 'Large',
  redirect_uris: ['https://client.example/callback'],
  token_endpoint_auth_method: 'none',
  ...more,
})

describe('RFC 7591 §5: large registrations', () => {
  const key = (n: number) => ({ kty: 'RSA', kid: `k${n}`, e: 'AQAB', n: 'A'.repeat(342) })
  const keys = (count: number) => ({
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: Array.from({ length: count }, (_, n) => key(n)) },
  })

  test.each([
    ['thirty keys', keys(30)],
    ['one long key', { ...keys(1), jwks: { keys: [{ ...key(0), note: 'x'.repeat(9000) }] } }],
    [
      'long redirect URIs',
      { redirect_uris: [1, 2, 3, 4, 5].map((n) => uri(60, n) + 'b'.repeat(1900)) },
    ],
  ])(verifies(['A49', 'A52'], 'with %s are refused'), async (_what, more) => {
    const { status, body } = await postJson(`${sharedOrigin()}/register`, metadata(more))
    expect([status, body.error]).toEqual([400, 'invalid_client_metadata'])
  })

  test.each([
    ['ten keys', keys(10)],
    [
      'thirty-two redirect URIs',
      { redirect_uris: Array.from({ length: 32 }, (_, n) => uri(60, n)) },
    ],
    ['members that are ignored', { contacts: Array(500).fill('somebody@client.example') }],
  ])('with %s are taken', async (_what, more) => {
    const { status } = await postJson(`${sharedOrigin()}/register`, metadata(more))
    expect(status).toBe(201)
  })
})

describe('RFC 7591 §5: a flood of registrations', () => {
  const flooded = 6000
  /** As they stand after a flood from one address, an hour after somebody else had registered. */
  const clients = (name: string, count: number, source: string, ago: string) => `
    insert into "Client" (id, kind, name, "redirectUris", "authMethod", "grantTypes", metadata,
      source, "createdAt")
    select '${name}_' || n, 'dynamic', '${name}', '{https://client.example/callback}', 'none',
      '{authorization_code,refresh_token}', '{"client_name":"${name}"}', '${source}',
      now() - interval '${ago}' + n * interval '1 ms'
    from generate_series(1, ${count}) as n`
  const asked = `
    insert into "Interaction" (id, "clientId", "redirectUri", scope, resource, "codeChallenge", source,
      "createdAt", "expiresAt")
    select 'int_flood_' || n, 'flood_1', 'https://client.example/callback', '', '', '', '203.0.113.7',
      now() - interval '10 minutes' + n * interval '1 ms', now() + interval '20 minutes'
    from generate_series(1, ${flooded}) as n`

  let portico: Portico
  let operator: Operator
  const named = (id: string) => ({
    client_id: id,
    redirect_uris: ['https://client.example/callback'],
  })
  const authorizes = (id: string) =>
    fetch(authorizationUrl(portico.origin, named(id), newPkce().challenge), { redirect: 'manual' })

  beforeAll(async () => {
    portico = await startPortico({
      stored: [
        clients('honest', 1, '198.51.100.4', '1 hour'),
        clients('flood', flooded, '203.0.113.7', '30 minutes'),
        asked,
      ],
    })
    operator = await signIn(portico.origin)
    // the first of a process looks whether there is room
    await register(portico.origin)
    await authorizes('honest_1')
  })

  test(
    verifies(['A52'], 'the oldest of whoever made the most go, and the log says so once for many'),
    async () => {
      const events = await untilLogged(operator, { event: 'clients.pruned' }, (rows) => {
        const counts = rows.map(({ detail }) => Number(detail.count))
        return counts.reduce((sum, count) => sum + count, 0) >= flooded - 5000
      })
      expect(events.length).toBeLessThan(10)
      expect(events.map(({ detail }) => detail.reason)).toEqual(
        events.map(() => ({ kind: 'no-room' })),
      )
      const requests = await untilLogged(operator, { event: 'interactions.pruned' }, (rows) => {
        return rows.length > 0
      })
      expect(requests.length).toBeLessThan(10)
    },
  )

  test('who registered before the flood connects after it', async () => {
    const response = await authorizes('honest_1')
    expect(response.status).toBe(303)
    const { challenge } = newPkce()
    const url = authorizationUrl(portico.origin, named('honest_1'), challenge)
    const callback = await approve(operator, url)
    expect(callback.searchParams.get('code')).not.toBeNull()
  })

  test('who was discarded is told so as any unknown client is, and registers anew', async () => {
    // not the very oldest: whether the last few go hangs on what else was asked for meanwhile
    const fields = { grant_type: 'authorization_code', code: 'x', client_id: 'flood_500' }
    const token = await postForm(`${portico.origin}/token`, fields)
    expect([token.status, token.body.error]).toEqual([401, 'invalid_client'])
    expect((await authorizes('flood_500')).status).toBe(400)
    await register(portico.origin, { client_name: 'flood' })
  })

  test('the overview says that it happened, and no more is kept than there is room for', async () => {
    const page = await (await operator.open('/admin')).text()
    expect(page).toContain('unapproved clients deleted to make room')
    expect(page).toContain('authorization requests that nobody signed in for deleted to make room')
    await portico.stop()
    const rows = await storedRows(portico)
    const count = (table: string) => (rows.get(table) ?? '').split('\n').length
    expect(count('Client')).toBeLessThanOrEqual(5110)
    expect(count('Interaction')).toBeLessThanOrEqual(5110)
    expect(rows.get('Client')).toContain('"flood_6000"')
    // it is asked for by what was not discarded
    expect(rows.get('Client')).toContain('"flood_1"')
  })
})
