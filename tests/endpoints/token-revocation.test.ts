import { beforeAll, expect, test, vi } from 'vitest'
import type { TokenRow } from '@/lib/admin/tokens/tokens'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { register } from '../support/oauth/oauth'
import { connect, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { exported } from '../support/people/exported'
import { type Operator, operatorOf } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import { actionsOf, runAction } from '../support/people/server-action'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
let operator: Operator

beforeAll(async () => {
  operator = await operatorOf(origin)
})

const callTool = async (token: string) =>
  (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

async function connection(name: string) {
  return connect(origin, { client: await register(origin, { client_name: name }), operator })
}

/** The tokens of a client, newest first. */
const tokensIn = (clientId: string) => exported<TokenRow>(operator, 'tokens', { client: clientId })

const only = (rows: readonly TokenRow[], kind: TokenRow['kind']): TokenRow => {
  const found = rows.filter((row) => row.kind === kind)
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} ${kind} tokens`)
  return found[0]
}

/** Revokes a token as the dashboard does, from the page it has there. */
async function revoke(id: string): Promise<string> {
  const path = `/admin/tokens/${id}`
  const [action = ''] = await actionsOf(operator, path)
  const { status, text } = await runAction(operator, path, action, [id])
  expect(status).toBe(200)
  return text
}

const pageOf = async (id: string) =>
  textOf(await (await operator.open(`/admin/tokens/${id}`)).text())

test('an access token is refused from the next call on, and its connection goes on', async () => {
  const held = await connection('Loses an access token')
  const { client, tokens } = held
  expect(await callTool(tokens.access_token)).toBe(200)
  const { id } = only(await tokensIn(client.client_id), 'access')
  expect(await revoke(id)).toContain('is revoked')
  expect(await callTool(tokens.access_token)).toBe(401)
  expect(await revoke(id)).toContain('is no longer usable')

  const next = tokensOf(await refresh(origin, held, tokens.refresh_token))
  expect(await callTool(next.access_token)).toBe(200)
  const rows = await untilLogged(operator, { client: client.client_id }, (seen) =>
    seen.some(({ name }) => name === 'token.revoked'),
  )
  const told = rows.filter(({ name }) => name === 'token.revoked')
  expect(told.map(({ detail }) => detail)).toEqual([
    { kind: 'access_token', tokenId: id, by: 'person' },
  ])
})

test('a revoked refresh token is invalid_grant, which is no replay', async () => {
  const held = await connection('Loses a refresh token')
  const { client, tokens } = held
  const { id } = only(await tokensIn(client.client_id), 'refresh')
  expect(await revoke(id)).toContain('is revoked')
  for (let time = 0; time < 2; time += 1) {
    const refused = await refresh(origin, held, tokens.refresh_token)
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant'])
  }
  // the connection still stands
  expect(await callTool(tokens.access_token)).toBe(200)
  const [grant] = await exported<{ state: string }>(operator, 'connections', {
    client: client.client_id,
  })
  expect(grant?.state).toBe('active')
})

test('a refresh that races its revocation is never answered with a successor that works', async () => {
  const held = await connection('Races')
  const { id } = only(await tokensIn(held.client.client_id), 'refresh')
  const [, answer] = await Promise.all([
    revoke(id),
    refresh(origin, held, held.tokens.refresh_token),
  ])
  expect([200, 400]).toContain(answer.status)
  const rows = await tokensIn(held.client.client_id)
  const before = rows.find((row) => row.id === id)
  expect(before?.state).toBe(answer.status === 200 ? 'rotated' : 'revoked')
  expect(rows.filter(({ kind }) => kind === 'refresh')).toHaveLength(answer.status === 200 ? 2 : 1)
})

test('the page of a token shows the refreshes it came from, each with its access token', async () => {
  const held = await connection('With a lineage')
  const second = tokensOf(await refresh(origin, held, held.tokens.refresh_token))
  await refresh(origin, held, second.refresh_token)
  const rows = await tokensIn(held.client.client_id)
  expect(rows.map(({ kind }) => kind).sort()).toEqual([
    ...Array(3).fill('access'),
    ...Array(3).fill('refresh'),
  ])
  const refreshes = rows.filter(({ kind }) => kind === 'refresh')
  expect(refreshes.map(({ state }) => state).sort()).toEqual(['active', 'rotated', 'rotated'])
  for (const { id } of rows) {
    const html = await (await operator.open(`/admin/tokens/${id}`)).text()
    const lineage = html.slice(html.indexOf('Lineage'), html.indexOf('</main>'))
    const linked = rows.filter((row) => lineage.includes(`href="/admin/tokens/${row.id}"`))
    expect(linked.map((row) => row.id).sort()).toEqual(
      rows
        .map((row) => row.id)
        .filter((other) => other !== id)
        .sort(),
    )
    // three generations, newest first, one access token in each
    expect(textOf(lineage).match(/Access|Refresh/g)).toEqual([
      ...['Refresh', 'Access', 'Refresh', 'Access', 'Refresh', 'Access'],
    ])
  }
})

test('a token that was issued and never used stands out, and is found by that', async () => {
  const held = await connection('Never called')
  const unused = () =>
    exported<TokenRow>(operator, 'tokens', { client: held.client.client_id, state: 'unused' })
  const [token] = await unused()
  expect(await pageOf(token?.id ?? '')).toContain('no request to /mcp has come with it')
  expect(await callTool(held.tokens.access_token)).toBe(200)
  await vi.waitFor(async () => expect(await unused()).toEqual([]), 5000)
})

test('a token that does not exist has no page', async () => {
  for (const id of ['at_nobody', '%00']) {
    expect((await operator.open(`/admin/tokens/${id}`)).status).toBe(404)
  }
})
