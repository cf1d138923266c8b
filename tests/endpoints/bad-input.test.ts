import { randomInt } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { connect } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { readLog } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
/** All of it comes from one address, so that the log can be asked what became of it. */
const address = `203.0.113.${randomInt(1, 255)}`
const { tokens } = await connect(origin)
const authorization = `Bearer ${tokens.access_token}`

const endpoints = [
  '/mcp',
  '/register',
  '/token',
  '/revoke',
  '/authorize',
  '/consent/int_x/decision',
]
const invalid = Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0xed, 0xa0, 0x80])

/** Sends it, and expects an answer that is no fault of the server. */
async function expectAnswered(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('x-forwarded-for', address)
  if (!headers.has('authorization') && path === '/mcp') headers.set('authorization', authorization)
  const response = await fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers })
  await response.arrayBuffer()
  expect(response.status).toBeGreaterThanOrEqual(200)
  expect(response.status).toBeLessThan(500)
  return response
}

afterAll(async () => {
  const faults = await readLog(await operatorOf(origin), { address, outcome: 'failed' })
  const own = faults.filter(({ name }) => name === 'exchange.failed')
  expect(own.map(({ path, detail }) => `${path}: ${detail.message}`)).toEqual([])
})

describe.each(endpoints)('%s', (path) => {
  test.each([
    ['none', undefined],
    ['empty', ''],
    ['unknown', 'application/x-unknown'],
    ['odd', ';;;=,'],
    ['long', `application/json; x=${'y'.repeat(5000)}`],
    ['form', 'application/x-www-form-urlencoded'],
    ['multipart without a boundary', 'multipart/form-data'],
    ['JSON', 'application/json'],
  ])('takes a body of any type: %s', async (_title, type) => {
    for (const body of ['', '{}', '[]', 'null', '"x"', '17', 'a=b', '%', '=&=&', invalid, '\0']) {
      await expectAnswered(path, {
        method: 'POST',
        body,
        headers: type === undefined ? {} : { 'content-type': type },
      })
    }
  })

  test.each([
    ['5 MB of nothing', ' '.repeat(5_000_000)],
    ['an array in an array, 100 000 times', '['.repeat(100_000)],
    ['arrays that close', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['an array of 1000 objects', JSON.stringify(Array.from({ length: 1000 }, () => ({})))],
    [
      'a megabyte of name',
      JSON.stringify({ client_name: 'x'.repeat(1_000_000), redirect_uris: ['https://a.b'] }),
    ],
    ['10 000 parameters', 'a=b&'.repeat(10_000)],
  ])('takes %s', async (_title, body) => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      await expectAnswered(path, { method: 'POST', body, headers: { 'content-type': type } })
    }
  })

  test('takes any method', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      await expectAnswered(path, { method })
    }
  })
})

/** JSON that is valid but holds what a database cannot keep as it is. */
const oddTexts = [
  ['a NUL', '\u0000'],
  ['a NUL between', 'a\u0000b'],
  ['the first half of a pair', '\ud800'],
  ['the second half of a pair', 'x\udfff'],
  ['a change of direction', '\u202e'],
  ['no character', '\uffff'],
  ['600 code units', '💥'.repeat(300)],
] as const

test.each(oddTexts)('a text that no database keeps: %s', async (_title, text) => {
  const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const post = (path: string, value: unknown) =>
    expectAnswered(path, { method: 'POST', headers: json, body: JSON.stringify(value) })
  const redirect = 'https://client.example/cb'
  for (const member of ['client_name', 'client_uri', 'software_id', 'scope', 'x-any', text]) {
    const response = await post('/register', { redirect_uris: [redirect], [member]: text })
    expect([member, response.status]).toEqual([member, 201])
  }
  await post('/register', { redirect_uris: [redirect, `https://client.example/${text}`] })
  const clientInfo = { name: text, version: text }
  const params = { protocolVersion: text, capabilities: {}, clientInfo }
  await post('/mcp', { jsonrpc: '2.0', id: 1, method: 'initialize', params })
  await post('/mcp', { jsonrpc: '2.0', id: text, method: 'tools/call', params: { name: text } })
  await post('/mcp', { jsonrpc: '2.0', id: 1, method: text, params: { uri: text } })
  const rows = await readLog(await operatorOf(origin), { address })
  const names = rows.slice(-3).map(({ name }) => name)
  // an event that cannot be written would take its whole batch with it
  expect(names).toContain('mcp.initialized')
  expect(names).toContain('mcp.called')
})

test.each(['\0', 'a\0b', '\ud800', '\u00ff'])('a client id of %j in any place', async (id) => {
  const form = (fields: Record<string, string>) => new URLSearchParams(fields)
  for (const path of ['/token', '/revoke']) {
    await expectAnswered(path, { method: 'POST', body: form({ client_id: id, token: 'x' }) })
    for (const basic of [
      Buffer.from(`${id}:x`),
      Buffer.from(`${encodeURIComponent(id.toWellFormed())}:x`),
    ]) {
      const headers = { authorization: `Basic ${basic.toString('base64')}` }
      await expectAnswered(path, { method: 'POST', headers, body: form({ token: 'x' }) })
    }
  }
  await expectAnswered(`/authorize?${form({ client_id: id, redirect_uri: id })}`, {})
})
