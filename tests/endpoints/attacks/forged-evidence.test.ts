import { expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { authorizationUrl, obtainCode, postForm, register } from '../../support/oauth/oauth'
import { exchangeCode } from '../../support/oauth/oauth-tokens'
import { operatorOf } from '../../support/people/operator'
import { untilHandshake, untilHandshakes } from '../../support/people/operator-handshakes'
import { startPortico } from '../../support/server/portico'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

// a server of its own, which believes the address that a request says it comes from
const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const operator = await operatorOf(origin)

const stranger = { 'x-forwarded-for': '192.0.2.66' }
const ofClient = { 'x-forwarded-for': '198.51.100.20' }

const badToken = (clientId: string, headers: Record<string, string>) =>
  postForm(
    `${origin}/token`,
    { grant_type: 'authorization_code', client_id: clientId, code: 'made-up', code_verifier: 'x' },
    headers,
  )

test('bad token requests of a stranger that name a client fail nobody’s handshake', async () => {
  const client = await register(origin, { client_name: 'Attacked' })
  const code = await obtainCode(origin, { client })
  for (const _ of ['twice', 'in a row']) {
    expect((await badToken(client.client_id, stranger)).status).toBe(400)
  }
  const isJoined = (all: readonly HandshakeRow[]) => all.length === 2
  const rows = await untilHandshakes(operator, isJoined, { client: client.client_id })
  const kinds = rows.map(({ clientName, verdict }) => [clientName, verdict.kind])
  expect(kinds).toContainEqual(['Attacked', 'in-progress'])
  expect(kinds).toContainEqual([null, 'failed'])

  expect((await exchangeCode(origin, code, {}, ofClient)).status).toBe(200)
  const own = rows.find(({ clientName }) => clientName === 'Attacked')
  const hasToken = ({ events }: { readonly events: readonly { readonly name: string }[] }) =>
    events.some(({ name }) => name === 'token.issued')
  const { events } = await untilHandshake(operator, own?.id ?? '', hasToken)
  expect(events.map(({ name }) => name)).not.toContain('token.refused')
})

test('a refused visit of a stranger who learnt the client’s id does not part a person from it', async () => {
  const client = await register(origin, { client_name: 'Learnt' })
  const url = authorizationUrl(origin, client, 'x'.repeat(43))
  await fetch(url, { headers: stranger, redirect: 'manual' })
  await obtainCode(origin, { client })
  const isThere = (all: readonly HandshakeRow[]) => all[0]?.stage === 'token-issued'
  const rows = await untilHandshakes(operator, isThere, { client: client.client_id })
  expect(rows.map(({ verdict }) => verdict.kind)).toEqual(['in-progress'])
})

test('who calls themselves hosted Claude from elsewhere gets into none of its attempts', async () => {
  const claude = { 'x-forwarded-for': '160.79.106.35', 'user-agent': 'python-httpx/0.28.1' }
  const ask = (headers: Record<string, string>) =>
    fetch(`${origin}/mcp`, { method: 'POST', headers, body: '{}' })
  await ask(claude)
  await fetch(`${origin}/.well-known/oauth-protected-resource/mcp`, { headers: claude })
  const forged = { ...stranger, 'user-agent': 'Claude-User' }
  await ask(forged)
  await fetch(`${origin}/.well-known/oauth-authorization-server`, { headers: forged })
  const isThere = (all: readonly HandshakeRow[]) => all.length >= 2
  const rows = await untilHandshakes(operator, isThere, { surface: 'claude-hosted' })
  for (const { id } of rows) {
    const { events } = await untilHandshake(operator, id)
    expect(new Set(events.map(({ address }) => address)).size).toBe(1)
  }
})
