import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { changeStored, storedFiles, storedRows } from '../support/database/oauth-database'
import { databaseFor } from '../support/database/portico-database'
import { scriptOf, stopAfterToken } from '../support/oauth/stop-after-token'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { answer } from '../support/people/operator-consent'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { untilLogged } from '../support/people/operator-log'
import {
  type AlertChannels,
  expectedSignature,
  openAlertChannels,
  until,
} from '../support/receivers/alert-channels'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

// a handshake stalls after 15 s, and several do so one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

type Told = {
  readonly type: string
  readonly id: string
  readonly at: string
  readonly text: string
  readonly handshake: Readonly<Record<string, unknown>> | null
}

const claudeCode = scriptOf('Claude Code')

const stalled = (operator: Operator, isThere: (rows: readonly HandshakeRow[]) => boolean) =>
  untilHandshakes(operator, isThere, { verdict: 'stalled', unused: 'yes' }, 40_000)

/** What comes by without being a client. */
async function scan({ origin }: Portico): Promise<void> {
  const headers = { 'user-agent': 'Mozilla/5.0 zgrab/0.x', 'x-forwarded-for': '192.0.2.66' }
  const asked = [
    '/mcp',
    '/.well-known/oauth-authorization-server',
    '/.env',
    '/authorize?client_id=x',
  ]
  for (const path of asked) await fetch(`${origin}${path}`, { headers, redirect: 'manual' })
  await fetch(`${origin}/mcp`, { method: 'POST', headers, body: '{}' })
}

describe('a server that tells of handshakes', () => {
  let channels: AlertChannels
  let env: Readonly<Record<string, string>>
  let portico: Portico
  let operator: Operator
  let rows: ReadonlyMap<string, string>
  /** what became of each client, by the id of its handshake */
  const ids = { late: '', lost: '', hurried: '', other: '', retried: '', held: '' }
  const pages: string[] = []
  const told = () => channels.receiver.posted.map(({ body }) => JSON.parse(body) as Told)

  /** The newest handshake that stands without a request after its token. */
  async function newestStalled(surface: string, count: number): Promise<string> {
    const mine = (all: readonly HandshakeRow[]) => all.filter((row) => row.surface === surface)
    const found = mine(await stalled(operator, (all) => mine(all).length >= count))
    return found.at(-1)?.id ?? ''
  }

  /** An alert is queued a moment after the list has the verdict that it tells of. */
  const untilQueued = (handshakeId: string) =>
    vi.waitFor(
      async () => {
        const page = await (await operator.open('/admin/alerts')).text()
        expect(page).toContain(`/admin/handshakes/${handshakeId}`)
      },
      { timeout: 30_000, interval: 100 },
    )

  beforeAll(async () => {
    channels = await openAlertChannels()
    env = { ...channels.env, PORTICO_PROXY_HOPS: '1' }
    channels.receiver.replies.push({ status: 500, body: `down, ${channels.secrets[0]}` })
    portico = await startPortico({ env })
    operator = await signIn(portico.origin)
    await scan(portico)
    const denying = newBrowser(portico.origin)
    const denied = { ...hostedClaude, addresses: ['160.79.104.7'] }
    const refused = connectAs(denied, `${portico.origin}/mcp`, (url) =>
      answer(denying, url, 'deny'),
    )
    await expect(refused).rejects.toThrow('access_denied')

    const late = stopAfterToken(portico)
    stopAfterToken(portico, scriptOf('VS Code'))
    stopAfterToken(portico, claudeCode)
    ids.late = await newestStalled('claude-hosted', 1)
    await untilQueued(ids.late)
    await late.resume()
    ids.lost = await newestStalled('vscode', 1)
    // a person who tries again at once, and one who was told before
    stopAfterToken(portico, scriptOf('VS Code'))
    ids.other = await newestStalled('claude-code', 1)
    await until('first attempts', () => channels.receiver.posted.length >= 2)
    await until('letters', () => channels.sink.letters.length >= 2)
    const renamed = { ...claudeCode.registration, client_name: 'Claude Code (again)' }
    stopAfterToken(portico, { ...claudeCode, registration: renamed })
    ids.hurried = await newestStalled('vscode', 2)
    ids.retried = await newestStalled('claude-code', 2)
    await untilLogged(operator, { event: 'alert.failed' }, ({ length }) => length > 0)
    await untilLogged(operator, { event: 'alert.sent' }, ({ length }) => length >= 3)
    pages.push(await (await operator.open('/admin/alerts')).text())

    // half a minute goes by, and this hour many others were told of
    portico = await changeStored(
      portico,
      [
        `update "AlertDelivery" set "nextAt" = now() where state = 'waiting'`,
        `insert into "AlertDelivery" (id, channel, type, "handshakeId", state, "createdAt")
          select 'msg_' || n, 'email', 'handshake.failed', 'hs_other' || n, 'sent', now()
            from generate_series(1, 20) as n`,
      ],
      env,
    )
    operator = await signIn(portico.origin)
    await until('second attempt', () => channels.receiver.posted.length >= 3)
    stopAfterToken(portico, scriptOf('Cursor'))
    ids.held = await newestStalled('cursor', 1)
    await untilLogged(operator, { event: 'alert.failed' }, (all) =>
      all.some(({ detail }) => detail.handshake === ids.held),
    )
    pages.push(await (await operator.open('/admin/alerts')).text())
    await portico.stop()
    rows = await storedRows(portico)
  })
  afterAll(() => channels.close())

  const rowsOf = (table: string): Record<string, unknown>[] =>
    (rows.get(table) ?? '').split('\n').map((line) => JSON.parse(line))
  const deliveriesOf = (handshakeId: string) =>
    rowsOf('AlertDelivery').filter((row) => row.handshakeId === handshakeId)

  test('what was answered with 500 is posted again, and then no more', () => {
    const { posted } = channels.receiver
    const [first] = posted
    const same = posted.filter(({ body }) => body === first?.body)
    expect([posted.length, same.length]).toEqual([3, 2])
    expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
    const webhooks = rowsOf('AlertDelivery').filter(({ channel }) => channel === 'webhook')
    expect(webhooks.find(({ id }) => id === first?.headers['webhook-id'])).toMatchObject({
      state: 'sent',
      attempts: 2,
      outcome: 'HTTP 200',
      nextAt: null,
    })
  })

  test('every post is signed, and for its own time', () => {
    for (const posted of channels.receiver.posted) {
      const { headers } = posted
      expect(headers['webhook-signature']).toBe(expectedSignature(posted, channels.key))
      const age = Date.now() / 1000 - Number(headers['webhook-timestamp'])
      expect(Math.abs(age)).toBeLessThan(300)
      expect(headers['content-type']).toBe('application/json')
    }
  })

  test('it says what stalled where, why, and what to do first', () => {
    const one = told().find(({ handshake }) => handshake?.id === ids.lost)
    const url = `${portico.origin}/admin/handshakes/${ids.lost}`
    expect(one).toMatchObject({
      type: 'handshake.stalled',
      id: expect.stringMatching(/^msg_/),
      handshake: {
        id: ids.lost,
        url,
        surface: 'vscode',
        clientName: 'Visual Studio Code',
        verdict: { kind: 'stalled', stage: 'first-mcp-request' },
        finding: { title: expect.any(String), fix: [{ text: expect.any(String) }] },
      },
    })
    const lines = one?.text.split('\n') ?? []
    expect(lines[0]).toBe(
      'Portico: a handshake of VS Code stalled at “first authenticated MCP request”.',
    )
    expect(lines[1]).toMatch(/ause: ./)
    expect(lines[2]).toMatch(/^First step( \(.+\))?: ./)
    expect(lines.at(-1)).toBe(url)
  })

  test('it names no person and no address', () => {
    const all = [
      ...channels.receiver.posted.map(({ body }) => body),
      channels.sink.letters[0]?.text,
    ]
    for (const text of all) expect(text).not.toMatch(/admin@portico\.test|127\.0\.0\.1|::1/)
  })

  test('the same goes by e-mail, once, to all', () => {
    expect(channels.sink.letters).toHaveLength(2)
    const page = `/admin/handshakes/${ids.lost}`
    const letter = channels.sink.letters.find(({ text }) => text.endsWith(page))
    expect(letter?.to).toEqual(['ops@example.com', 'night@example.com'])
    expect(letter?.from).toBe('portico@example.com')
    expect(letter?.headers.get('subject')).toBe(
      'Portico: a handshake of VS Code stalled at “first authenticated MCP request”',
    )
    expect(letter?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(letter?.text).toContain('First step')
  })

  test('one that connects after all is withdrawn before anybody is told', () => {
    expect(deliveriesOf(ids.late).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['withdrawn', 1],
      ['withdrawn', 1],
    ])
    expect(deliveriesOf(ids.late)[0]?.outcome).toBe('it is connected by now')
  })

  test('a retry of what was told of is looked at, and is no news', () => {
    const handshake = rowsOf('Handshake').find(({ id }) => id === ids.retried)
    expect(handshake).toMatchObject({ verdict: 'stalled', retryOfId: ids.other })
    const looked = rowsOf('HandshakeAlert').map(({ handshakeId }) => handshakeId)
    for (const id of [ids.retried, ids.hurried]) {
      expect(looked).toContain(id)
      expect(deliveriesOf(id)).toEqual([])
    }
  })

  test('scanners and people who decline are no news', () => {
    const refused = rowsOf('Handshake').filter(({ verdict }) => verdict === 'refused-by-operator')
    expect(refused).toHaveLength(1)
    const known = new Set<unknown>([ids.late, ids.lost, ids.other])
    const others = rowsOf('AlertDelivery').filter(
      ({ handshakeId }) => !known.has(handshakeId) && !String(handshakeId).startsWith('hs_other'),
    )
    expect(others).toEqual([])
  })

  test('nobody is told of more than twenty an hour, and the log says so', () => {
    expect(deliveriesOf(ids.held)).toEqual([])
    const held = rowsOf('Event').filter(
      ({ name, detail }) =>
        name === 'alert.failed' && (detail as { handshake?: string }).handshake === ids.held,
    )
    expect(held.map(({ detail }) => detail)).toEqual([
      {
        type: 'handshake.stalled',
        handshake: ids.held,
        reason: { kind: 'alerts-exhausted', most: 20 },
      },
    ])
  })

  test('the page says by what each channel is set, and where it leads', () => {
    expect(pages[0]).toContain(new URL(channels.receiver.url).host)
    for (const name of Object.keys(channels.env)) expect(pages[0]).toContain(name)
    expect(pages[0]).toContain('HTTP 500')
    expect(pages[0]).toContain(`/admin/handshakes/${ids.lost}`)
  })

  test(verifies(['A45'], 'no secret of a channel is shown, stored or printed'), () => {
    const places = new Map<string, string | Buffer>([
      ...pages.map((page, at) => [`page ${at}`, page] as const),
      ['the console', portico.output()],
      ...rows,
      ...storedFiles(portico),
    ])
    expect([...places.values()].some((content) => content.includes('alert.failed'))).toBe(true)
    const leaks = [...places].flatMap(([place, content]) =>
      channels.secrets.flatMap((secret, at) =>
        content.includes(secret) ? [`secret ${at} in ${place}`] : [],
      ),
    )
    expect(leaks).toEqual([])
    // both were used
    expect(channels.sink.passwords).toEqual(Array(2).fill(channels.secrets[1]))
    expect(channels.receiver.posted[0]?.url).toContain(channels.secrets[0])
  })
})

// the embedded database belongs to one process
describe.skipIf(!process.env.TEST_DATABASE_URL)('two instances', () => {
  test('tell once, whoever does it', async () => {
    const channels = await openAlertChannels()
    const env = { ...channels.env, PORTICO_PROXY_HOPS: '1', PORTICO_SECRET: 'x'.repeat(40) }
    const one = await startPortico({ env })
    const DATABASE_URL = String(await databaseFor(one.dataDir))
    const other = await startPortico({ env: { ...env, PORTICO_URL: one.origin, DATABASE_URL } })
    stopAfterToken(one)
    await until('post', () => channels.receiver.posted.length > 0)
    await until('letter', () => channels.sink.letters.length > 0)
    // as long as an instance that had claimed it too would need
    await sleep(3000)
    await Promise.all([one.stop(), other.stop()])
    expect([channels.receiver.posted.length, channels.sink.letters.length]).toEqual([1, 1])
    await channels.close()
  })
})
