import { withoutTrailingSlashes } from '@/lib/text'
import { OAuthError } from './errors'

/** How many characters of a sent address are kept. */
const longestWanted = 200

const canonicalForm = (value: string): string | null => {
  if (!URL.canParse(value)) return null
  const url = new URL(value)
  if (url.hash || value.includes('#') || url.search || url.username || url.password) return null
  // serializing lower-cases scheme and host and drops a default port
  return withoutTrailingSlashes(`${url.protocol}//${url.host}${url.pathname}`)
}

/** The resource of this server under all its names. */
export type OwnResource = {
  /** the canonical resource, without trailing slash */
  readonly mcpUrl: string
  /** other origins of this server: former addresses, and other names of loopback */
  readonly otherOrigins: readonly string[]
}

/** The resource at another origin of the same server. */
export const resourceAt = (origin: string, { mcpUrl }: Pick<OwnResource, 'mcpUrl'>): string =>
  `${origin}${new URL(mcpUrl).pathname}`

/** Every address of the resource, the canonical one first. */
export const resourceAddresses = (own: OwnResource): string[] => [
  own.mcpUrl,
  ...own.otherOrigins.map((origin) => resourceAt(origin, own)),
]

/**
 * The resource a token is for (RFC 8707 §2). There is only one, so it is also the default; other
 * spellings of the same address (upper-case host, default port, trailing slash) are accepted, and so
 * are its other names and the bare origin, which older clients send. The canonical form is stored and
 * signed.
 *
 * @throws {OAuthError} `invalid_target`
 */
export function resolveResource(requested: readonly string[], own: OwnResource): string {
  const names = resourceAddresses(own)
  const known = [...names, ...names.map((name) => new URL(name).origin)]
  for (const value of requested) {
    const canonical = canonicalForm(value)
    if (canonical === null || !known.includes(canonical)) {
      throw new OAuthError(
        'invalid_target',
        { kind: 'resource-unknown', own: own.mcpUrl },
        { addresses: { wanted: canonical?.slice(0, longestWanted) } },
      )
    }
  }
  return own.mcpUrl
}

/**
 * Checks that a grant was made for a current name of this server. After a change of the public address
 * the client must sign in again (RFC 6749 §5.2), which it does by itself.
 *
 * @param resource as stored with the grant, canonical
 * @throws {OAuthError} `invalid_grant`
 */
export function checkMadeFor(resource: string, own: OwnResource): void {
  if (resourceAddresses(own).includes(resource)) return
  throw new OAuthError(
    'invalid_grant',
    { kind: 'address-changed' },
    { addresses: { madeFor: resource } },
  )
}
