import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import type { EventRow } from '@/lib/admin/views'
import type { EventName } from '@/lib/events/catalogue'
import { connectAs, refreshAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { newBrowser, operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

/** Addresses of Anthropic's egress that no other test comes from. */
const addresses = Array.from(
  { length: 7 },
  (_, index) => `160.79.${104 + index}.${randomInt(200, 255)}`,
)

const story: readonly EventName[] = [
  'mcp.challenged',
  'resource-metadata.served',
  'server-metadata.served',
  'client.registered',
  'client.registered',
  'authorization.requested',
  'operator.signed-in',
  'consent.shown',
  'consent.granted',
  'code.issued',
  'server-metadata.served',
  'token.issued',
  'mcp.discovered',
  'mcp.initialized',
  'mcp.notified',
  'mcp.listed',
  'mcp.called',
  'token.refreshed',
]

test(
  verifies(['R2', 'A2', 'A47'], 'the log tells the whole handshake of hosted Claude in order'),
  async () => {
    const stranger = newBrowser(origin)
    const script = { ...hostedClaude, addresses }
    const connected = await connectAs(script, `${origin}/mcp`, (url) => approve(stranger, url), 1)
    await refreshAs(connected)
    const { wire } = connected
    const operator = await operatorOf(origin)
    const isClaude = (row: EventRow) => addresses.includes(row.address ?? '')
    const all = await untilLogged(operator, {}, (rows) =>
      rows.some((row) => isClaude(row) && row.name === 'token.refreshed'),
    )
    // another test that registers the same within ten minutes is the same client: the grant tells
    // this handshake from that one, and what the browser did belongs to its interaction
    const grant = all.find((row) => isClaude(row) && row.grantId)?.grantId
    const interaction = all.find((row) => row.grantId === grant && row.interactionId)?.interactionId
    const rows = all.filter((row) => isClaude(row) || row.interactionId === interaction)
    expect(rows.map(({ name }) => name)).toEqual(story)
    // a first request without a token is how it begins, and no refusal
    expect(rows.filter(({ outcome }) => outcome !== 'ok')).toEqual([])

    const fromClaude = rows.filter(isClaude)
    expect(new Set(fromClaude.map(({ address }) => address)).size).toBe(addresses.length)
    expect(new Set(fromClaude.map(({ network }) => network))).toEqual(new Set(['anthropic']))
    for (const { name, agent } of fromClaude) {
      const isData = /^mcp\.(?!challenged)/.test(name)
      expect([name, agent]).toEqual([name, isData ? 'Claude (hosted)' : 'Claude (hosted, sign-in)'])
    }
    const first = rows.find(({ detail }) => detail.firstUse === true)
    expect(first?.name).toBe('mcp.discovered')
    const grants = new Set(rows.flatMap(({ grantId }) => (grantId ? [grantId] : [])))
    expect(grants.size).toBe(1)
    // as many requests as events, but for what the browser did
    expect(wire.sent.length).toBe(fromClaude.length)
  },
)
