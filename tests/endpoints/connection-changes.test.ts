import { beforeAll, expect, test, vi } from 'vitest'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { register } from '../support/oauth/oauth'
import { connect } from '../support/oauth/oauth-tokens'
import { exported } from '../support/people/exported'
import { type Operator, operatorOf } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { sendForm } from '../support/people/plain-forms'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
let operator: Operator

beforeAll(async () => {
  operator = await operatorOf(origin)
})

const callTool = async (token: string) =>
  (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

/** The one connection of a client, as the dashboard lists it. */
async function rowOf(clientId: string): Promise<ConnectionRow> {
  const [row] = await exported<ConnectionRow>(operator, 'connections', { client: clientId })
  if (!row) throw new Error(`there is no connection of ${clientId}`)
  return row
}

const pageOf = async (id: string) => {
  const response = await operator.open(`/admin/connections/${id}`)
  return { status: response.status, text: textOf(await response.text()) }
}

async function connection(name: string) {
  const client = await register(origin, { client_name: name })
  const { tokens } = await connect(origin, { client, operator })
  return { id: (await rowOf(client.client_id)).id, clientId: client.client_id, tokens }
}

test('calls of the last thirty days are counted by day, apart from other requests', async () => {
  const { id, clientId, tokens } = await connection('Counted')
  expect((await rowOf(clientId)).callsLately).toBe(0)
  for (let call = 0; call < 3; call += 1) expect(await callTool(tokens.access_token)).toBe(200)
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
  expect((await postMcp(`${origin}/mcp`, tokens.access_token, list)).status).toBe(200)
  await vi.waitFor(async () => expect((await rowOf(clientId)).callsLately).toBe(3), 5000)
  expect(await callTool(tokens.access_token)).toBe(200)
  await vi.waitFor(async () => expect((await rowOf(clientId)).callsLately).toBe(4), 5000)
  expect((await operator.open(`/admin/connections/${id}`)).status).toBe(200)
  const html = await (await operator.open(`/admin/connections/${id}`)).text()
  expect(html).toMatch(/aria-label="4 tool calls in 30 days, most on [^"]+: 4"/)
})

test('a connection is renamed, and found by its name', async () => {
  const { id, clientId } = await connection('Plain')
  const renamed = await sendForm(operator, `/connections/${id}`, 'Rename', {
    label: '  Laptop of the night shift ',
  })
  expect(renamed.status).toBe(303)
  expect((await rowOf(clientId)).label).toBe('Laptop of the night shift')
  const found = await exported<ConnectionRow>(operator, 'connections', { q: 'night shift' })
  expect(found.map((row) => row.id)).toEqual([id])
  expect((await pageOf(id)).text).toContain('is called “Laptop of the night shift” here')

  await sendForm(operator, `/connections/${id}`, 'Rename', { label: ' ' })
  expect((await rowOf(clientId)).label).toBeNull()
})

test('its page tells its history in order, and who changed it from where', async () => {
  const { id, tokens } = await connection('With a history')
  await sendForm(operator, `/connections/${id}`, 'Pause')
  expect(await callTool(tokens.access_token)).toBe(401)
  await sendForm(operator, `/connections/${id}`, 'Resume')
  expect(await callTool(tokens.access_token)).toBe(200)
  await sendForm(operator, `/connections/${id}/revoke`, 'Revoke connection')
  expect(await callTool(tokens.access_token)).toBe(401)

  const { text } = await pageOf(id)
  const history = text.slice(text.indexOf('History'))
  const told = ['Connection revoked by', 'Connection resumed by', 'Connection paused by']
  const places = [...told, 'Token issued', 'Code issued'].map((words) => history.indexOf(words))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(history).toContain(`Connection paused by admin@portico.test from ${operator.address}`)
})

test('nothing is on the page of a connection that does not exist', async () => {
  expect((await operator.open('/admin/connections/grant_nobody')).status).toBe(404)
  expect((await operator.open('/admin/connections/%00')).status).toBe(404)
})
