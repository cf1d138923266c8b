import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import type { Handshake } from '@/lib/handshake/handshake'
import type { Har } from '@/lib/handshake/har'
import { type Connected, connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { newBrowser, operatorOf, sessionCookie } from '../support/people/operator'
import { answer } from '../support/people/operator-consent'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { startPortico } from '../support/server/portico'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

// a server of its own: elsewhere other tests register the same client and connect beside it
const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const operator = await operatorOf(origin)
const formats = ['json', 'har', 'md'] as const

let connected: Connected
let row: HandshakeRow

beforeAll(async () => {
  const person = newBrowser(origin)
  connected = await connectAs(hostedClaude, `${origin}/mcp`, (url) => answer(person, url, 'allow'))
  const client = connected.client.client_id
  const isDone = ([first]: readonly HandshakeRow[]) => first?.stage === null
  const [found] = await untilHandshakes(operator, isDone, { client })
  if (!found) throw new Error('there is no handshake')
  row = found
})

const open = (format: string) =>
  operator.open(`/admin/handshakes/${row.id}/export?format=${format}`)

describe('one handshake as a download', () => {
  test.each([
    ['json', 'application/json'],
    ['har', 'application/json'],
    ['md', 'text/markdown; charset=utf-8'],
  ])('as %s is a file of its kind', async (format, mediaType) => {
    const response = await open(format)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(mediaType)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const name = `filename="portico-${row.id}.${format}"`
    expect(response.headers.get('content-disposition')).toBe(`attachment; ${name}`)
  })

  test('as JSON has every event and the findings', async () => {
    const { handshake, findings } = (await (await open('json')).json()) as {
      handshake: Handshake
      findings: unknown[]
    }
    expect(handshake.id).toBe(row.id)
    expect(handshake.stages.map(({ state }) => state)).not.toContain('missing')
    expect(handshake.events.map(({ name }) => name)).toContain('token.issued')
    expect(Array.isArray(findings)).toBe(true)
  })

  test('as HAR has every request that the client sent', async () => {
    const { log } = (await (await open('har')).json()) as Har
    const exchanges = log.entries.map(({ request, response }) =>
      [request.method, request.url, response.status].join(' '),
    )
    for (const { method, url, status } of connected.wire.sent) {
      const { origin: host, pathname } = new URL(url)
      expect(exchanges).toContain(`${method} ${host}${pathname} ${status}`)
    }
  })

  test.each(formats)('as %s holds no secret', async (format) => {
    const text = await (await open(format)).text()
    expect(connected.wire.secrets.size).toBeGreaterThan(4)
    const secrets = [...connected.wire.secrets, sessionCookie(operator) ?? 'no session']
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })

  test('as Markdown names no person, address or whole id', async () => {
    const text = await (await open('md')).text()
    const told = [row.userEmail, row.grantId, row.interactionId, row.clientId, '160.79.106.35 ']
    expect(told.filter((one) => one !== null && text.includes(one))).toEqual([])
    expect(text).toContain('160.79.106.0/24')
  })

  test.each(formats)('as %s is not for strangers', async (format) => {
    const path = `/admin/handshakes/${row.id}/export?format=${format}`
    const response = await newBrowser(origin).open(path)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('token.issued')
  })

  test('of one that does not exist is not found', async () => {
    for (const id of ['hs_999999999', 'x', '%00', '..%2F..']) {
      const response = await operator.open(`/admin/handshakes/${id}/export?format=har`)
      expect([id, response.status]).toEqual([id, 404])
      const page = await operator.open(`/admin/handshakes/${id}`)
      expect([id, page.status]).toEqual([id, 404])
    }
  })
})

describe('the list of handshakes', () => {
  test.each(['csv', 'json', 'ndjson'])(
    'as %s has the rows that the filters let through',
    async (format) => {
      const client = encodeURIComponent(row.clientId ?? '')
      const path = `/admin/handshakes/export?format=${format}&client=${client}`
      const text = await (await operator.open(path)).text()
      expect(text).toContain(row.id)
      expect([...connected.wire.secrets].filter((secret) => text.includes(secret))).toEqual([])
      const none = await operator.open(`${path}&verdict=failed`)
      expect(await none.text()).not.toContain(row.id)
    },
  )

  test('as a page and as a download survives odd filters', async () => {
    for (const query of [
      'verdict=x',
      'from=yesterday',
      'stage=%00',
      'cursor=~~',
      'to=2026',
      'user=%27',
    ]) {
      expect([query, (await operator.open(`/admin/handshakes?${query}`)).status]).toEqual([
        query,
        200,
      ])
      const { status } = await operator.open(`/admin/handshakes/export?${query}`)
      expect([query, status]).toEqual([query, 200])
    }
  })
})

test('an event of the log leads to its handshake', async () => {
  const { handshake } = (await (await open('json')).json()) as { handshake: Handshake }
  const event = handshake.events.find(({ name }) => name === 'token.issued')
  const found = await operator.open(`/admin/handshakes/of/${event?.id}`)
  expect(found.headers.get('location') ?? (await found.text())).toContain(
    `/admin/handshakes/${row.id}`,
  )
  for (const id of ['999999999999', 'x', '99999999999999999999']) {
    const none = await operator.open(`/admin/handshakes/of/${id}`)
    expect([id, none.status]).toEqual([id, 200])
    expect(await none.text()).toContain('belongs to no handshake')
  }
})
