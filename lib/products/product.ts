import { knownProducts, type Product } from './known'
import { type ProductId, productNames } from './names'

/** What identifies the sender of a request besides its user agent: any of it, as sent. */
export type Signs = {
  readonly clientId?: string | null
  readonly clientName?: string | null
  readonly softwareId?: string | null
  /** the redirect target, as `redirectHost` of lib/oauth/redirect-uri.ts returns it */
  readonly redirectHost?: string | null
  /** `clientInfo.name` of MCP, with or without a version after it */
  readonly clientInfo?: string | null
}

/** Signs are compared up to the length that is stored. */
const longest = 300

function matches(pattern: string, text: string): boolean {
  const isOpen = { start: pattern.startsWith('*'), end: pattern.endsWith('*') }
  const core = pattern.slice(isOpen.start ? 1 : 0, isOpen.end ? -1 : undefined)
  if (isOpen.start && isOpen.end) return text.includes(core)
  if (isOpen.start) return text.endsWith(core)
  return isOpen.end ? text.startsWith(core) : text === core
}

type PatternSign = 'agents' | 'documents' | 'names' | 'softwareIds' | 'clientInfo'

/** The first product with a pattern that matches a text. */
function productBy(sign: PatternSign, given: string | null | undefined): Product | null {
  const text = given?.slice(0, longest).trim().toLowerCase()
  if (!text) return null
  const fits = (product: Product) => product[sign]?.some((pattern) => matches(pattern, text))
  return knownProducts.find(fits) ?? null
}

/** The name of a product's requests in the log. */
export const agentNameOf = ({ id, agentName }: Product): string => agentName ?? productNames[id]

/** The product with an id. */
export const productById = (id: ProductId): Product =>
  knownProducts.find((product) => product.id === id) as Product

/** The product that a user agent names, or `null`. */
export const productByAgent = (userAgent: string | null): Product | null =>
  productBy('agents', userAgent)

/** The part of hosted Claude that discovers, registers and gets tokens, with an HTTP library. */
export const hostedSignIn = 'Claude (hosted, sign-in)'

const byAgentName: ReadonlyMap<string, Product> = new Map([
  ...knownProducts.map((product) => [agentNameOf(product), product] as const),
  [hostedSignIn, productById('claude-hosted')],
])

/** The product with this name in the log, or `null`. */
export const productByAgentName = (agent: string | null): Product | null =>
  byAgentName.get(agent ?? '') ?? null

/** The place of a redirect URI: a host, or a scheme with its colon; empty if it has none. */
function placeIn(uri: string): string {
  if (!URL.canParse(uri)) return ''
  const { protocol, host } = new URL(uri)
  return protocol === 'https:' || protocol === 'http:' ? host : protocol
}

const productAt = (kind: 'hosts' | 'schemes', place: string): Product | null =>
  knownProducts.find((product) => product[kind]?.includes(place)) ?? null

function productByPlace(kind: 'hosts' | 'schemes', { redirectHost }: Signs): Product | null {
  return redirectHost ? productAt(kind, redirectHost.replace(/^the app that handles /, '')) : null
}

/** The product that owns the hosts and schemes of all these redirect URIs, or `null`. */
export function productByCallbacks(redirectUris: readonly string[]): Product | null {
  const places = redirectUris.map(placeIn)
  const found = new Set(
    places.map((place) => productAt('hosts', place) ?? productAt('schemes', place)),
  )
  const [only = null] = found
  return found.size === 1 ? only : null
}

/** In the log, the version follows clientInfo after a space. */
const byClientInfo = (text: string | null | undefined): Product | null =>
  productBy('clientInfo', text) ?? productBy('clientInfo', text?.replace(/ [^ ]{1,60}$/, ''))

/** Signs that identify a product besides user agents, hardest to fake first. */
const identities: readonly ((signs: Signs) => Product | null)[] = [
  ({ clientId }) => productBy('documents', clientId?.startsWith('https://') ? clientId : null),
  (signs) => productByPlace('hosts', signs),
  ({ softwareId }) => productBy('softwareIds', softwareId),
  ({ clientName }) => productBy('names', clientName),
  (signs) => productByPlace('schemes', signs),
  ({ clientInfo }) => byClientInfo(clientInfo),
]

/**
 * The product that a client's identity shows, from all its signs, or `null`. Names and clientInfo are
 * self-chosen: they never identify a product that runs in its vendor's cloud.
 */
export function productByIdentity(...shown: readonly Signs[]): Product | null {
  for (const identity of identities) {
    for (const signs of shown) {
      const product = identity(signs)
      if (product) return product
    }
  }
  return null
}
