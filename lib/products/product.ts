import { knownProducts, type Product } from './known'
import { type ProductId, productNames } from './names'
import { runtimeIn } from './runtimes'

/** What is known of who sends a request: any of it, as it was sent. */
export type Signs = {
  readonly userAgent?: string | null
  /** what the log calls the sender, see {@link agentNameOf} */
  readonly agent?: string | null
  readonly clientId?: string | null
  readonly clientName?: string | null
  readonly softwareId?: string | null
  /** where answers may go: whole addresses */
  readonly redirectUris?: readonly string[]
  /** where an answer goes, as `redirectHost` of lib/oauth/redirect-uri.ts tells it */
  readonly redirectHost?: string | null
  /** `clientInfo.name` of MCP, with or without a version behind it */
  readonly clientInfo?: string | null
}

/** Signs are compared as far as they are stored: nobody's name is longer than this. */
const longest = 300

function matches(pattern: string, text: string): boolean {
  const isOpen = { start: pattern.startsWith('*'), end: pattern.endsWith('*') }
  const core = pattern.slice(isOpen.start ? 1 : 0, isOpen.end ? -1 : undefined)
  if (isOpen.start && isOpen.end) return text.includes(core)
  if (isOpen.start) return text.endsWith(core)
  return isOpen.end ? text.startsWith(core) : text === core
}

type PatternSign = 'agents' | 'documents' | 'names' | 'softwareIds' | 'clientInfo'

/** The first product one of whose patterns fits a text. */
function productBy(sign: PatternSign, given: string | null | undefined): Product | null {
  const text = given?.slice(0, longest).trim().toLowerCase()
  if (!text) return null
  const fits = (product: Product) => product[sign]?.some((pattern) => matches(pattern, text))
  return knownProducts.find(fits) ?? null
}

/** What a product's requests are called in the log. */
export const agentNameOf = ({ id, agentName }: Product): string => agentName ?? productNames[id]

/** The product of an id. */
export const productById = (id: ProductId): Product =>
  knownProducts.find((product) => product.id === id) as Product

/** The product that a user agent names, or `null`. */
export const productByAgent = (userAgent: string | null): Product | null =>
  productBy('agents', userAgent)

const byAgentName: ReadonlyMap<string, Product> = new Map(
  knownProducts.map((product) => [agentNameOf(product), product]),
)

/** The half of hosted Claude that discovers, registers and gets tokens, by an HTTP library. */
export const hostedSignIn = 'Claude (hosted, sign-in)'

/** The product that the log calls so, or `null`. */
export const productByAgentName = (agent: string | null): Product | null =>
  agent === hostedSignIn
    ? productById('claude-hosted')
    : (agent !== null && byAgentName.get(agent)) || null

/** The place that an answer goes to: a host, or a scheme with its colon. */
function placeIn(uri: string): string | null {
  if (!URL.canParse(uri)) return null
  const { protocol, host } = new URL(uri)
  return protocol === 'https:' || protocol === 'http:' ? host : protocol
}

const productAt = (kind: 'hosts' | 'schemes', place: string): Product | null =>
  knownProducts.find((product) => product[kind]?.includes(place)) ?? null

/** The places that all answers go to; none where several are named, of which some may be anybody's. */
function placesIn({ redirectHost, redirectUris = [] }: Signs): readonly string[] {
  if (redirectHost) return [redirectHost.replace(/^the app that handles /, '')]
  return redirectUris.flatMap((uri) => placeIn(uri) ?? [])
}

function productByPlace(kind: 'hosts' | 'schemes', signs: Signs): Product | null {
  const found = new Set(placesIn(signs).map((place) => productAt(kind, place)))
  const [only = null] = found
  return found.size === 1 ? only : null
}

/** The product whose hosts and schemes all of these addresses are at, or `null`. */
export function productByCallbacks(redirectUris: readonly string[]): Product | null {
  const found = new Set(
    redirectUris.map((uri) => {
      const place = placeIn(uri)
      return place === null ? null : (productAt('hosts', place) ?? productAt('schemes', place))
    }),
  )
  const [only = null] = found
  return found.size === 1 ? only : null
}

/** clientInfo as the log keeps it has its version behind a space. */
const byClientInfo = (text: string | null | undefined): Product | null =>
  productBy('clientInfo', text) ?? productBy('clientInfo', text?.replace(/ [^ ]{1,60}$/, ''))

/** What tells a product but user agents, the hardest to make up first. */
const identities: readonly ((signs: Signs) => Product | null)[] = [
  ({ clientId }) => productBy('documents', clientId?.startsWith('https://') ? clientId : null),
  (signs) => productByPlace('hosts', signs),
  ({ softwareId }) => productBy('softwareIds', softwareId),
  ({ clientName }) => productBy('names', clientName),
  (signs) => productByPlace('schemes', signs),
  ({ clientInfo }) => byClientInfo(clientInfo),
]

/**
 * The product that the identity of a client tells, of all that it has shown, or `null`. A name or clientInfo
 * is what somebody calls themselves: no product that runs in its maker's cloud is told by one.
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

/**
 * The product that signs tell, or `null`: by its user agent first, which it cannot leave out, then by
 * its identity. A library that a user agent names gives way to the product that is made with it.
 */
export function productOf(signs: Signs): Product | null {
  const sender = productByAgentName(signs.agent ?? null) ?? productByAgent(signs.userAgent ?? null)
  if (sender?.kind === 'product') return sender
  return productByIdentity(signs) ?? sender
}

/**
 * The runtime that a user agent names, without its version, where it names nothing else: it says nothing
 * of who it is. `null` for a product, for what nobody knows, and without a user agent.
 */
export function runtimeOf(userAgent: string | null): string | null {
  if (!userAgent || productByAgent(userAgent)) return null
  return runtimeIn(userAgent.slice(0, longest))?.id ?? null
}
