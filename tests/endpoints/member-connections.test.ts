import { beforeAll, expect, test, vi } from 'vitest'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { register } from '../support/oauth/oauth'
import { connect } from '../support/oauth/oauth-tokens'
import { exported } from '../support/people/exported'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { personOf, storedPeople } from '../support/people/people'
import { formWith, sendForm } from '../support/people/plain-forms'
import { actionNamed, runAction } from '../support/people/server-action'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

// a process is started twice
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const env = { PORTICO_PROXY_HOPS: '1' }
let portico: Portico
let admin: Operator
let member: Operator

beforeAll(async () => {
  portico = await startPortico({ env, stored: await storedPeople('member') })
  admin = await signIn(portico.origin)
  member = await signIn(portico.origin, personOf('member'))
})

async function connection(operator: Operator, name: string) {
  const client = await register(portico.origin, { client_name: name })
  const { tokens } = await connect(portico.origin, { client, operator })
  const query = { client: client.client_id }
  const [row] = await exported<ConnectionRow>(admin, 'connections', query)
  return { id: row?.id ?? '', token: tokens.access_token }
}

const callTool = async (token: string) =>
  (await postMcp(`${portico.origin}/mcp`, token, toolCall('whoami'))).status

const read = async (person: Operator, path: string) => {
  const response = await person.open(path)
  return { status: response.status, text: textOf(await response.text()) }
}

const stateOf = async (id: string) => {
  const rows = await exported<ConnectionRow>(admin, 'connections', { q: id })
  return rows.map(({ state, label }) => ({ state, label }))
}

test('a stranger is sent to sign in, and back', async () => {
  const answer = await newBrowser(portico.origin).open('/connections/grant_x')
  expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fconnections%2Fgrant_x')
})

test('a member who has no target lands on their connections, an admin on the dashboard', async () => {
  expect((await member.open('/sign-in')).headers.get('location')).toBe('/connections')
  expect((await member.open('/sign-in?next=/admin')).headers.get('location')).toBe('/connections')
  const consent = await member.open('/sign-in?next=/consent/int_1')
  expect(consent.headers.get('location')).toBe('/consent/int_1')
  expect((await admin.open('/sign-in')).headers.get('location')).toBe('/admin')
  expect((await read(member, '/admin/tokens')).text).toContain('Your connections')
})

test('a member sees their own connections and nobody else’s', async () => {
  const own = await connection(member, 'Of the member')
  const other = await connection(admin, 'Of the admin')
  const list = await read(member, '/connections')
  expect(list.status).toBe(200)
  expect(list.text).toContain('Of the member')
  expect(list.text).not.toContain('Of the admin')
  const widened = await read(member, '/connections?q=Of+the+admin&user=&client=')
  expect(widened.text).toContain('No connections match')
  const download = await member.open('/connections/export?format=json&user=user_admin')
  const rows = (await download.json()) as ConnectionRow[]
  expect(rows.map(({ id }) => id)).toEqual([own.id])
  expect((await member.open('/admin/connections/export')).status).toBe(401)
  expect((await read(member, `/connections/${own.id}`)).text).toContain('Token issued')
  for (const path of ['', '/revoke']) {
    const answer = await read(member, `/connections/${other.id}${path}`)
    expect([answer.status, answer.text.includes('Of the admin')]).toEqual([404, false])
  }
  // an operator's own pages are theirs too, and no more
  expect((await read(admin, '/connections')).text).not.toContain('Of the member')
})

test('without a script a member pauses, resumes, renames and revokes', async () => {
  const { id, token } = await connection(member, 'Changed by its person')
  const page = `/connections/${id}`
  expect(await callTool(token)).toBe(200)

  const paused = await sendForm(member, page, 'Pause')
  expect(paused.headers.get('location')).toBe(`${page}?done=paused`)
  expect((await read(member, `${page}?done=paused`)).text).toContain('It is paused')
  expect(await callTool(token)).toBe(401)

  await sendForm(member, page, 'Resume')
  expect(await callTool(token)).toBe(200)
  await sendForm(member, page, 'Rename', { label: 'Kitchen' })
  expect(await stateOf(id)).toEqual([{ state: 'active', label: 'Kitchen' }])

  await sendForm(member, `${page}/revoke`, 'Revoke connection')
  expect(await callTool(token)).toBe(401)
  expect(await stateOf(id)).toEqual([{ state: 'revoked', label: 'Kitchen' }])
  expect((await read(member, page)).text).toContain('Connection revoked by you')
})

/** Does to a connection what an operator does on its page. */
async function asOperator(what: 'pause' | 'resume', id: string): Promise<void> {
  const action = actionNamed('admin/connections/actions.ts', what)
  const { text } = await runAction(admin, `/admin/connections/${id}`, action, [id])
  expect(text).toContain('"ok":true')
}

test('what an operator paused stays paused until an operator resumes it', async () => {
  const { id, token } = await connection(member, 'Paused by an operator')
  const page = `/connections/${id}`
  // what is sent when somebody has had the page open since before
  await sendForm(member, page, 'Pause')
  const stale = await (await member.open(page)).text()
  await sendForm(member, page, 'Resume')
  await asOperator('pause', id)
  expect(await callTool(token)).toBe(401)

  const { text } = await read(member, page)
  expect(text).toContain('An operator of this server paused it')
  expect(await (await member.open(page)).text()).not.toContain('>Resume<')
  await member.open(page, { method: 'POST', body: formWith(stale, 'Resume') })
  expect(await stateOf(id)).toEqual([{ state: 'paused', label: null }])
  expect(await callTool(token)).toBe(401)

  await asOperator('resume', id)
  expect(await callTool(token)).toBe(200)
  // what is theirs to end they end, also while it is paused
  await asOperator('pause', id)
  await sendForm(member, `${page}/revoke`, 'Revoke connection')
  expect(await stateOf(id)).toEqual([{ state: 'revoked', label: null }])
})

test('the form of one’s own connection changes nobody else’s', async () => {
  const own = await connection(member, 'Mine')
  const other = await connection(admin, 'Not mine')
  const page = `/connections/${own.id}`
  const tries = [
    sendForm(member, page, 'Pause', { id: other.id }),
    sendForm(member, page, 'Rename', { id: other.id, label: 'Taken' }),
    sendForm(member, `${page}/revoke`, 'Revoke connection', { id: other.id }),
    sendForm(member, page, 'Pause', { id: 'grant_nobody' }),
    sendForm(member, page, 'Pause', { id: '\u0000' }),
  ]
  for (const answer of await Promise.all(tries)) expect(answer.status).toBe(404)
  expect(await stateOf(other.id)).toEqual([{ state: 'active', label: null }])
  expect(await callTool(other.token)).toBe(200)
  expect(await stateOf(own.id)).toEqual([{ state: 'active', label: null }])
})
