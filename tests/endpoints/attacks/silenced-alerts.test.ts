import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { changeStored, storedRows } from '../../support/database/oauth-database'
import { scriptOf, stopAfterToken } from '../../support/oauth/stop-after-token'
import { type Operator, signIn } from '../../support/people/operator'
import { untilHandshakes } from '../../support/people/operator-handshakes'
import {
  type AlertChannels,
  openAlertChannels,
  until,
} from '../../support/receivers/alert-channels'
import { startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'

/** docs/alerts.md: what strangers bring about uses up nothing of what is kept for people. */

// a registration that goes nowhere stalls after 30 s, a token that is not used after 15 s
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

type Told = {
  readonly type: string
  readonly text: string
  readonly handshake: { readonly surface: string; readonly verdict: object } | null
}

const flood = 24
let channels: AlertChannels
let portico: Portico
let operator: Operator
let rows: ReadonlyMap<string, string>
const told = () => channels.receiver.posted.map(({ body }) => JSON.parse(body) as Told)
const ofStrangers = () => told().filter(({ handshake }) => handshake?.surface === 'claude-code')

/** Registers under a known name, each time from elsewhere, and goes away. */
const registerAndLeave = (n: number) =>
  fetch(`${portico.origin}/register`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'claude-code/2.1.204 (cli)',
      'x-forwarded-for': `198.51.100.${n + 1}`,
    },
    body: JSON.stringify({
      client_name: `Claude Code (${n})`,
      redirect_uris: [`http://localhost:${20_000 + n}/callback`],
      token_endpoint_auth_method: 'none',
    }),
  })

const stalled = (isThere: (all: readonly HandshakeRow[]) => boolean) =>
  untilHandshakes(operator, isThere, { verdict: 'stalled' }, 90_000)

beforeAll(async () => {
  channels = await openAlertChannels()
  const env = { ...channels.env, PORTICO_PROXY_HOPS: '1' }
  portico = await startPortico({ env })
  operator = await signIn(portico.origin)
  for (let n = 0; n < flood; n += 1) expect((await registerAndLeave(n)).status).toBe(201)
  await stalled((all) => all.filter(({ surface }) => surface === 'claude-code').length >= flood)
  await until('alert of a stranger', () => ofStrangers().length > 0)
  stopAfterToken(portico, scriptOf('VS Code'))
  await until('alert of a person', () =>
    told().some(({ handshake }) => handshake?.surface === 'vscode'),
  )
  // five minutes go by, in which what strangers do is gathered
  portico = await changeStored(
    portico,
    [`update "AlertDelivery" set "nextAt" = now() where type = 'handshakes.unattended'`],
    env,
  )
  operator = await signIn(portico.origin)
  await until('message about all', () =>
    told().some(({ type }) => type === 'handshakes.unattended'),
  )
  await until('letter about all', () =>
    channels.sink.letters.some(({ text }) => text.includes('without a person')),
  )
})
afterAll(() => channels.close())

test('after 24 registrations under a known name, the stall of a person is told of', () => {
  const one = told().find(({ handshake }) => handshake?.surface === 'vscode')
  expect(one).toMatchObject({
    type: 'handshake.stalled',
    handshake: { verdict: { kind: 'stalled', stage: 'first-mcp-request' } },
  })
})

test('of the strangers few are told of one by one, and all others in one message', () => {
  expect(ofStrangers().length).toBeLessThanOrEqual(3)
  const together = told().filter(({ type }) => type === 'handshakes.unattended')
  expect(together).toHaveLength(1)
  const lines = together[0]?.text.split('\n') ?? []
  const rest = flood - ofStrangers().length
  expect(lines[0]).toBe(`Portico: ${rest} attempts without a person came to nothing.`)
  expect(lines[1]).toBe(`They came from ${rest} addresses, none in Claude’s network.`)
  expect(lines[2]).toBe(
    `${rest} of what calls itself Claude Code stalled at “authorization requested”.`,
  )
  expect(lines.at(-1)).toBe(`${portico.origin}/admin/handshakes`)
  // whoever chose a name or an address chose no word of it
  expect(together[0]?.text).not.toMatch(/198\.51|localhost:2/)
})

test('the overview and the list of alerts say so, and the log is not full of it', async () => {
  expect(await (await operator.open('/admin')).text()).toContain('combined')
  expect(await (await operator.open('/admin/alerts')).text()).toContain('Attempts without a person')
  await portico.stop()
  rows = await storedRows(portico)
  const failed = (rows.get('Event') ?? '')
    .split('\n')
    .filter((row) => row.includes('"alert.failed"'))
  expect(failed).toEqual([])
})
