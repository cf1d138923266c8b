import type { UriProblem } from '@/lib/reasons'
import { appSchemeProblem } from './app-schemes'

/** What RFC 8252 §7.3 calls loopback; "localhost" as OAuth 2.1 writes it. */
const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost'])

const longestUri = 2048
/** RFC 1035 §2.3.4 */
const longestHost = 253

/** RFC 3986 §2: printable ASCII without `"`, `<`, `>`, `\`, `^`, `` ` ``, `{`, `|` and `}`. */
const hasUriCharacters = (text: string): boolean => /^[!#-;=?-[\]_a-z~]+$/.test(text)

/**
 * Why a redirect URI cannot be registered or used, or `null` when it can: https anywhere, http on
 * loopback only, an app's own scheme; absolute, without fragment or credentials (RFC 6749 §3.1.2,
 * RFC 8252 §7 and §8.4).
 */
export function redirectUriProblem(uri: string): UriProblem | null {
  if (uri.length > longestUri) return { kind: 'too-long' }
  if (!hasUriCharacters(uri)) return { kind: 'characters' }
  // without `//` a browser reads an http(s) URI as a path of the page it is on
  if (!URL.canParse(uri) || /^https?:(?!\/\/)/i.test(uri)) return { kind: 'relative' }
  const url = new URL(uri)
  if (uri.includes('#')) return { kind: 'fragment' }
  if (url.username || url.password) return { kind: 'credentials' }
  if (url.hostname.length > longestHost) return { kind: 'host-too-long' }
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:') return appSchemeProblem(url)
  return loopbackHosts.has(url.hostname) ? null : { kind: 'plain-http' }
}

/** Whether the answer goes to the person's own machine, where any program may listen. */
export function isLoopbackRedirect(uri: string): boolean {
  const url = new URL(uri)
  return url.protocol === 'http:' && loopbackHosts.has(url.hostname)
}

/**
 * Where the answer goes, for a person to read: host and port, in Punycode (RFC 3492) for letters
 * beyond ASCII; or the app of a scheme, whose name the client chooses and which must not read like a
 * host (`claude.ai://auth`).
 */
export function redirectHost(uri: string): string {
  if (!URL.canParse(uri)) return uri.slice(0, 100)
  const { protocol, host } = new URL(uri)
  return protocol === 'https:' || protocol === 'http:' ? host : `the app that handles ${protocol}`
}

/**
 * How loopback hosts compare. `exact` is the rule; `interchangeable` is for Claude Code, which for a
 * few releases registered `localhost` and sent `127.0.0.1`: both are the person's own machine.
 */
export type LoopbackPolicy = 'exact' | 'interchangeable'

/** A loopback URI without its port, and under the wider policy without its host. */
function withoutPort(uri: string, policy: LoopbackPolicy): string | null {
  if (!URL.canParse(uri) || !isLoopbackRedirect(uri)) return null
  const { protocol, hostname, pathname, search } = new URL(uri)
  return `${protocol}//${policy === 'exact' ? hostname : 'loopback'}${pathname}${search}`
}

/**
 * Whether a requested redirect URI is registered: the same string, or on loopback the same except for
 * the port (OAuth 2.1 §4.1.3, RFC 8252 §7.3). `localhost` and `127.0.0.1` are different hosts, except
 * under {@link LoopbackPolicy} `interchangeable`.
 */
export function matchRedirectUri(
  registered: readonly string[],
  requested: string,
  policy: LoopbackPolicy = 'exact',
): boolean {
  // first of all: it may have been registered under earlier, wider rules
  if (redirectUriProblem(requested) !== null) return false
  if (registered.includes(requested)) return true
  const portless = withoutPort(requested, policy)
  return portless !== null && registered.some((uri) => withoutPort(uri, policy) === portless)
}

/**
 * Appends the answer to the redirect URI, keeping its registered query (RFC 6749 §4.1.2). Strings are
 * joined, not parsed and serialized, which would change the URI.
 */
export function redirectWith(
  uri: string,
  answer: Readonly<Record<string, string | null | undefined>>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(answer)) if (value) query.set(name, value)
  const separator = !uri.includes('?') ? '?' : /[?&]$/.test(uri) ? '' : '&'
  return `${uri}${separator}${query}`
}
