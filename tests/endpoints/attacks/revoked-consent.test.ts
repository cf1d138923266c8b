import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { changeStored } from '../../support/database/oauth-database'
import { makeClient } from '../../support/oauth/made-client'
import type { RegisteredClient } from '../../support/oauth/oauth'
import { connect, exchangeCode, revoke } from '../../support/oauth/oauth-tokens'
import { comesBack, connectAndRemember } from '../../support/oauth/remembering'
import { exported } from '../../support/people/exported'
import { newBrowser, type Operator, signIn } from '../../support/people/operator'
import { textOf } from '../../support/people/operator-consent'
import { untilLogged } from '../../support/people/operator-log'
import { press } from '../../support/people/page-form'
import { personOf, storedPeople } from '../../support/people/people'
import { personCalled } from '../../support/people/people-admin'
import { sendForm } from '../../support/people/plain-forms'
import { actionNamed, runAction } from '../../support/people/server-action'
import { startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

// a process is started twice
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const env = { PORTICO_PROXY_HOPS: '1' }
let portico: Portico
let admin: Operator
let member: Operator
let client: RegisteredClient

const redirect = 'https://remembered.example/callback'

beforeAll(async () => {
  portico = await startPortico({ env, stored: await storedPeople('member') })
  admin = await signIn(portico.origin)
  member = await signIn(portico.origin, personOf('member'))
  client = await makeClient(admin, 'Remembered', redirect, ['confidential'])
})

/** The id of the connection that is live. */
async function liveConnection(): Promise<string> {
  const rows = await exported<ConnectionRow>(admin, 'connections', { client: client.client_id })
  const live = rows.find(({ state, userEmail }) => {
    return state !== 'revoked' && userEmail === personOf('member').email
  })
  return live?.id ?? ''
}

/** Does to a connection what an operator does on its page. */
async function asOperator(what: 'pause' | 'resume' | 'revoke', id: string): Promise<void> {
  const action = actionNamed('admin/connections/actions.ts', what)
  const { text } = await runAction(admin, `/admin/connections/${id}`, action, [id])
  expect(text).toContain('"ok":true')
}

/** Does to an account what an admin does on its page. */
async function toAccount(what: 'disable' | 'enable'): Promise<void> {
  const { id } = await personCalled(admin, personOf('member').email)
  const action = actionNamed('admin/operators/actions.ts', what)
  const { text } = await runAction(admin, `/admin/operators/${id}`, action, [id])
  expect(text).toContain('"ok":true')
}

async function giveRole(role: string): Promise<void> {
  const { id } = await personCalled(admin, personOf('member').email)
  await press(admin, `/admin/operators/${id}`, 'Save role', { role })
}

const revokeAll = () =>
  press(admin, '/admin/settings', 'Revoke every connection', {
    confirmation: 'revoke all connections',
  })

type Ending = (connection: Awaited<ReturnType<typeof connectAndRemember>>) => Promise<unknown>

const endings: readonly (readonly [string, Ending])[] = [
  ['an operator revokes the connection', async () => asOperator('revoke', await liveConnection())],
  [
    'its person revokes the connection',
    async () =>
      sendForm(member, `/connections/${await liveConnection()}/revoke`, 'Revoke connection'),
  ],
  ['an admin revokes every connection', revokeAll],
  [
    'the client gives back its refresh token',
    (connection) => revoke(portico.origin, connection, connection.tokens.refresh_token),
  ],
  ['its code comes a second time', (connection) => exchangeCode(portico.origin, connection)],
]

describe('a remembered yes', () => {
  test.each(endings)(verifies(['P2'], 'is forgotten when %s'), async (_, end) => {
    const connection = await connectAndRemember(member, client)
    expect(await comesBack(member, client)).toBe('not asked')
    await end(connection)
    expect(await comesBack(member, client)).toBe('asked')
  })

  test(verifies(['P2'], 'is forgotten with every connection, where none is left'), async () => {
    const { tokens, ...connection } = await connectAndRemember(member, client)
    const other = await makeClient(admin, 'Left alone', redirect, ['confidential'])
    await connectAndRemember(member, other)
    await revoke(portico.origin, connection, tokens.refresh_token)
    expect(await comesBack(member, other)).toBe('not asked')
    await revokeAll()
    expect(await comesBack(member, other)).toBe('asked')
  })

  test(verifies(['P2'], 'counts for nothing while a connection is paused'), async () => {
    await connectAndRemember(member, client)
    const id = await liveConnection()
    await asOperator('pause', id)
    expect(await comesBack(member, client)).toBe('asked')
    expect(textOf(await (await member.open('/connections')).text())).toContain('Asks while paused')
    await asOperator('resume', id)
    expect(await comesBack(member, client)).toBe('not asked')
  })

  test(verifies(['P2'], 'is shown to its person, who may forget it'), async () => {
    await connectAndRemember(member, client)
    const page = textOf(await (await member.open('/connections')).text())
    expect(page).toContain('Connect without asking')
    expect(page).toMatch(/Remembered Allowed .* Forget/)
    const html = await (await member.open('/connections')).text()
    const id = /\bcon_[\w-]{22}\b/.exec(html)?.[0] ?? ''

    // nobody else’s form forgets it
    await connectAndRemember(admin, client)
    expect((await sendForm(admin, '/connections', 'Forget', { id })).status).toBe(404)
    expect(await comesBack(member, client)).toBe('not asked')
    const stranger = await newBrowser(portico.origin).open('/connections')
    expect(stranger.headers.get('location')).toContain('/sign-in')

    const done = await sendForm(member, '/connections', 'Forget')
    expect(done.headers.get('location')).toBe('/connections?done=forgotten')
    expect(await comesBack(member, client)).toBe('asked')
    const after = textOf(await (await member.open('/connections?done=forgotten')).text())
    expect(after).toContain('The answer is forgotten')
    expect(after).not.toContain('Connect without asking')
    // the connection itself goes on
    expect(await liveConnection()).not.toBe('')
    expect(await comesBack(admin, client)).toBe('not asked')
    const rows = await untilLogged(admin, { event: 'consent.forgotten' }, (seen) =>
      seen.some(({ detail }) => detail.because === 'person'),
    )
    expect(rows.at(-1)?.detail).toMatchObject({ clientName: 'Remembered', count: 1 })
    expect(await (await admin.open('/admin/audit')).text()).toContain(
      'forgot the remembered answer to Remembered',
    )
  })

  test(verifies(['P2'], 'does not outlast another role, nor a disabled account'), async () => {
    await connectAndRemember(member, client)
    await giveRole('viewer')
    expect(await comesBack(member, client)).toBe('asked')
    await giveRole('member')
    await connectAndRemember(member, client)
    await toAccount('disable')
    await toAccount('enable')
    member = await signIn(portico.origin, personOf('member'))
    expect(await comesBack(member, client)).toBe('asked')
  })

  test(verifies(['P2'], 'does not outlast the longest life of a connection'), async () => {
    await connectAndRemember(member, client)
    const aged = `update "Consent" set "createdAt" = now() - interval '366 days'`
    portico = await changeStored(portico, [aged], env)
    expect(await comesBack(member, client)).toBe('asked')
    expect(textOf(await (await member.open('/connections')).text())).not.toContain(
      'Connect without asking',
    )
    // one that has nothing to do with it
    expect((await connect(portico.origin, { operator: member })).tokens.token_type).toBe('Bearer')
  })
})
