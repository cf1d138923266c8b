import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { initialize, mcpHeaders, postMcp, readMcp, toolCall } from '../support/mcp/mcp-message'
import { connect, revoke } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const bare = `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp", scope="claudeai"`
const unparsable = `{"jsonrpc":${'['.repeat(5 * 1024 * 1024)}`

describe.each(['/mcp', '/mcp/'])('a request to %s without a token', (path) => {
  test.each(methods)(
    verifies(['R1', 'R2', 'A69'], '%s is challenged before it is parsed'),
    async (method) => {
      const body = method === 'GET' || method === 'HEAD' ? null : unparsable
      const response = await fetch(`${origin}${path}`, { method, body, redirect: 'manual' })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe(bare)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('content-type')).toBe('application/json')
    },
  )
})

test(verifies(['R2'], 'the challenge does not wait for the body'), async () => {
  const sending = request(mcpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': String(unparsable.length) },
  })
  sending.on('error', () => {}).write('{"jsonrpc":')
  const [response] = await once(sending, 'response')
  expect(response.statusCode).toBe(401)
  expect(response.headers['www-authenticate']).toBe(bare)
  sending.destroy()
})

test(verifies(['R2'], 'the pointer of the challenge leads to the metadata'), async () => {
  const { headers } = await postMcp(mcpUrl, null, initialize('2025-11-25'))
  const pointer = /resource_metadata="([^"]+)"/.exec(headers.get('www-authenticate') ?? '')?.[1]
  const metadata = (await (await fetch(String(pointer))).json()) as { resource: string }
  expect(metadata.resource).toBe(mcpUrl)
})

describe('credentials that do not count as any', () => {
  test.each([
    ['another scheme', 'Basic YTpi'],
    ['a scheme alone', 'Bearer'],
    ['a scheme and a space', 'Bearer '],
    ['no scheme', 'token'],
    ['nothing', ''],
  ])(verifies(['R2'], '%s is challenged without an error'), async (_title, authorization) => {
    const answer = await postMcp(mcpUrl, null, initialize('2025-11-25'), { authorization })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe(bare)
  })
})

describe('a token that is not accepted', () => {
  test.each(methods)(verifies(['R1', 'R2'], 'is named as the error of %s'), async (method) => {
    const headers = { authorization: 'Bearer not-a-token', 'content-type': 'application/json' }
    const body = method === 'GET' || method === 'HEAD' ? null : unparsable
    const { status, headers: answered } = await fetch(mcpUrl, { method, headers, body })
    const challenge = answered.get('www-authenticate') ?? ''
    expect(status).toBe(401)
    expect(challenge).toMatch(/^Bearer error="invalid_token", error_description="[^"]+", /)
    expect(challenge).toContain(bare.slice('Bearer '.length))
  })

  test(verifies(['R1', 'R2'], 'a revoked one is refused with the next request'), async () => {
    const connection = await connect(origin)
    const { access_token: token, refresh_token: refreshToken } = connection.tokens
    expect((await postMcp(mcpUrl, token, toolCall('whoami'))).status).toBe(200)
    await revoke(origin, connection, refreshToken)
    const answer = await postMcp(mcpUrl, token, toolCall('whoami'))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })
})

describe('where a token may stand', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    verifies(['R3'], 'after "%s"'),
    async (scheme) => {
      const { tokens } = await connect(origin)
      const headers = { authorization: `${scheme} ${tokens.access_token}` }
      const answer = await postMcp(mcpUrl, null, toolCall('whoami'), headers)
      expect(answer.status).toBe(200)
    },
  )

  test(verifies(['R3', 'A44'], 'not in the query'), async () => {
    const { tokens } = await connect(origin)
    for (const name of ['access_token', 'token', 'authorization']) {
      const url = `${mcpUrl}?${name}=${tokens.access_token}`
      const answer = await postMcp(url, null, toolCall('whoami'))
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, bare])
    }
  })

  test(verifies(['R3', 'A44'], 'not in a form or a cookie'), async () => {
    const { tokens } = await connect(origin)
    const { access_token: token } = tokens
    const body = new URLSearchParams({ access_token: token })
    expect((await fetch(mcpUrl, { method: 'POST', body })).status).toBe(401)
    const headers = mcpHeaders(null, { cookie: `access_token=${token}; token=${token}` })
    const init = { method: 'POST', headers, body: JSON.stringify(toolCall('whoami')) }
    expect((await readMcp(await fetch(mcpUrl, init))).status).toBe(401)
  })
})

test(verifies(['R1'], 'a session id is no authentication'), async () => {
  const headers = { 'mcp-session-id': 'ses_AAAAAAAAAAAAAAAAAAAAAA' }
  expect((await postMcp(mcpUrl, null, toolCall('whoami'), headers)).status).toBe(401)
})
