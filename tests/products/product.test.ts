import { describe, expect, it } from 'vitest'
import { pinnedDocument } from '@/lib/oauth/pinned-documents'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { knownProducts } from '@/lib/products/known'
import { productIds } from '@/lib/products/names'
import {
  agentNameOf,
  productByAgent,
  productByAgentName,
  productByCallbacks,
  productById,
  productByIdentity,
  type Signs,
} from '@/lib/products/product'
import { runtimeIn } from '@/lib/products/runtimes'
import { clientScripts } from '../support/clients/claude-clients'

type Shown = Signs & {
  readonly userAgent?: string | undefined
  readonly redirectUris?: readonly string[]
}

const productOf = ({ userAgent, redirectUris, ...signs }: Shown) => {
  if (userAgent !== undefined) return productByAgent(userAgent)
  return redirectUris ? productByCallbacks(redirectUris) : productByIdentity(signs)
}
const idOf = (shown: Shown) => productOf(shown)?.id ?? null

/** A text that fits a pattern. */
const example = (pattern: string) => pattern.replace(/^\*/, 'x ').replace(/\*$/, 'y')

describe('the table of products', () => {
  it('has each product once, with a source', () => {
    expect(knownProducts.map(({ id }) => id).toSorted()).toEqual(productIds.toSorted())
    expect(knownProducts.filter(({ source }) => source === '')).toEqual([])
  })

  it('calls each by a name of its own in the log', () => {
    for (const product of knownProducts) {
      expect(productByAgentName(agentNameOf(product))?.id).toBe(product.id)
    }
  })

  it.each(
    knownProducts.flatMap((product) => [
      ...(product.agents ?? []).map((sign) => [product.id, { userAgent: example(sign) }] as const),
      ...(product.documents ?? []).map(
        (sign) => [product.id, { clientId: example(sign) }] as const,
      ),
      ...(product.hosts ?? []).map((sign) => [product.id, { redirectHost: sign }] as const),
      ...(product.callbacks ?? []).map((sign) => [product.id, { redirectUris: [sign] }] as const),
      ...(product.schemes ?? []).map(
        (sign) => [product.id, { redirectUris: [`${sign}//x.y/z`] }] as const,
      ),
      ...(product.names ?? []).map((sign) => [product.id, { clientName: example(sign) }] as const),
      ...(product.softwareIds ?? []).map((sign) => [product.id, { softwareId: sign }] as const),
      ...(product.clientInfo ?? []).map(
        (sign) => [product.id, { clientInfo: example(sign) }] as const,
      ),
    ]),
  )('tells %s by %o, in whatever letters', (id, signs) => {
    expect(idOf(signs)).toBe(id)
    const { userAgent, clientName, clientInfo } = signs as Shown
    const loud = (text: string | null | undefined) => text?.toUpperCase()
    if (userAgent ?? clientName ?? clientInfo) {
      expect(
        idOf({
          userAgent: loud(userAgent),
          clientName: loud(clientName),
          clientInfo: loud(clientInfo),
        }),
      ).toBe(id)
    }
  })

  it('never tells what runs in a cloud by a name that it gives itself', () => {
    for (const { cloud, names, softwareIds, clientInfo } of knownProducts) {
      if (cloud) expect([names, softwareIds, clientInfo]).toEqual([undefined, undefined, undefined])
    }
  })

  it('knows the documents that stand in for the published ones', () => {
    for (const id of ['claude-hosted', 'claude-code'] as const) {
      const [document = ''] = productById(id).documents ?? []
      expect(pinnedDocument(document)).toMatchObject({ client_id: document })
    }
  })

  it.each(clientScripts)('tells the recorded client $name by how it registers', (script) => {
    const { client_name: clientName, redirect_uris: redirectUris } = script.registration
    const [redirectUri = ''] = redirectUris as string[]
    const told = productByIdentity({
      clientName: String(clientName),
      redirectHost: redirectHost(redirectUri),
    })
    expect(told && agentNameOf(told)).toBe(script.name)
  })
})

describe('what may be made up', () => {
  it.each<[string, Shown, string | null]>([
    ['a host that only begins like one', { redirectHost: 'claude.ai.evil.example' }, null],
    [
      'one address of several at a host',
      { redirectUris: ['https://claude.ai/api/mcp/auth_callback', 'https://evil.example/'] },
      null,
    ],
    ['a document elsewhere', { clientId: 'https://evil.example/chatgpt.com/client.json' }, null],
    ['a client id that is none', { clientId: 'codex' }, null],
    [
      'a name beside a document',
      { clientId: 'https://zed.dev/oauth/c.json', clientName: 'Cursor' },
      'zed',
    ],
    ['a name beside a host', { redirectHost: 'claude.ai', clientName: 'Cursor' }, 'claude-hosted'],
  ])('%s', (_, signs, id) => {
    expect(idOf(signs)).toBe(id)
  })
})

describe('runtimes', () => {
  it.each<[string, string | null]>([
    ['node', 'Node.js'],
    ['undici', 'Node.js'],
    ['node-fetch/1.0 (+https://github.com/bitinn/node-fetch)', 'Node.js'],
    ['python-requests/2.32.5', 'Python (requests)'],
    ['python-httpx/0.28.1', 'Python (httpx)'],
    ['Python/3.13 aiohttp/3.13.2', 'Python (aiohttp)'],
    ['Go-http-client/2.0', 'Go'],
    ['axios/1.12.2', 'Node.js (axios)'],
    ['Java/21.0.4', 'Java'],
    ['okhttp/5.1.0', 'Java (OkHttp)'],
    ['reqwest/0.12.23', 'Rust (reqwest)'],
    ['curl/8.5.0', 'curl'],
    ['Deno/2.5.4', 'Deno'],
    ['Bun/1.3.1', 'Bun'],
    ['claude-code/2.1.288 (cli) node', null],
    ['nodejs-thing/1', null],
    ['noderunner', null],
    ['some/1.0', null],
    ['', null],
  ])('%j is %s', (userAgent, label) => {
    expect(runtimeIn(userAgent)).toBe(label)
  })
})
