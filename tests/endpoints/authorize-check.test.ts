import { describe, expect, test } from 'vitest'
import { authorizationUrl, type Fields, newPkce, read, register } from '../support/oauth/oauth'
import { operatorOf } from '../support/people/operator'
import { readLog, untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const { challenge } = newPkce()
const client = await register(origin)
const operator = await operatorOf(origin)

/** As mcp-remote asks before it opens a browser. */
const check = async (fields: Fields = {}, init: RequestInit = {}) => {
  const url = authorizationUrl(origin, client, challenge, fields)
  const headers = { accept: 'application/json', ...init.headers }
  return read(await fetch(url, { redirect: 'manual', ...init, headers }))
}

const about = (name: string) => readLog(operator, { event: name })

test(
  verifies(['A11'], 'a request that would do is said to, and leaves no interaction'),
  async () => {
    const answer = await check()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.body).toMatchObject({ client_id: client.client_id })
    const [row] = await untilLogged(operator, { event: 'authorization.checked' }, (rows) =>
      rows.some(({ clientId }) => clientId === client.client_id),
    )
    expect(row).toMatchObject({ outcome: 'ok', detail: { clientName: 'Test client' } })
    expect(row?.interactionId ?? null).toBeNull()
    expect(await about('authorization.requested')).toEqual([])
  },
)

test('so does one of somebody who is signed in', async () => {
  const url = authorizationUrl(origin, client, challenge)
  const response = await operator.open(`${url.pathname}${url.search}`, {
    headers: { accept: 'application/json' },
  })
  expect(response.status).toBe(200)
  expect(await about('authorization.requested')).toEqual([])
})

describe('what would not do is told as JSON', () => {
  test.each<[string, Fields, number, string]>([
    ['an unknown client', { client_id: 'client_AAAAAAAAAAAAAAAAAAAAAA' }, 401, 'invalid_client'],
    ['no client', { client_id: undefined }, 400, 'invalid_request'],
    ['a foreign redirect', { redirect_uri: 'https://evil.example/' }, 400, 'invalid_request'],
    ['another resource', { resource: 'https://other.example/mcp' }, 400, 'invalid_target'],
    ['no challenge', { code_challenge: undefined }, 400, 'invalid_request'],
    ['another type', { response_type: 'token' }, 400, 'unsupported_response_type'],
  ])(verifies(['A11', 'A13'], '%s'), async (_title, fields, status, error) => {
    const answer = await check(fields)
    expect(answer).toMatchObject({ status, body: { error } })
    expect(answer.body.error_description).toEqual(expect.any(String))
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.headers.get('www-authenticate')).toBeNull()
  })

  test('the log has it as a check, and nothing fails by it', async () => {
    const rows = await untilLogged(operator, { event: 'authorization.checked' }, (all) =>
      all.some(({ detail }) => detail.error === 'invalid_client'),
    )
    expect(rows.find(({ detail }) => detail.error === 'invalid_client')?.outcome).toBe('refused')
    expect(await about('authorization.refused')).toEqual([])
  })
})

describe('whoever may be a browser, or says nothing of what it reads, is led on', () => {
  test.each([
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html, application/json',
    '*/*',
  ])(verifies(['A20'], '%s'), async (accept) => {
    const answer = await check({}, { headers: { accept } })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^\/sign-in/)
  })

  test('HEAD decides nothing, and tells a program what GET would', async () => {
    expect((await check({}, { method: 'HEAD' })).status).toBe(200)
    const gone = await check({ client_id: 'client_BBBBBBBBBBBBBBBBBBBBBB' }, { method: 'HEAD' })
    expect(gone).toMatchObject({ status: 401, text: '' })
  })
})
