import type { DocumentProblem, UriProblem } from '@/lib/reasons'
import { type ClientMetadata, readClientMetadata } from './client-metadata'
import { OAuthError } from './errors'

/**
 * Why a `client_id` cannot be the URL of a metadata document, or `null` when it can (CIMD §3). The
 * text is checked before it is parsed, since parsing would hide dot segments.
 */
export function clientIdUrlProblem(id: string): UriProblem | null {
  const kind = problemOf(id)
  return kind && { kind }
}

function problemOf(id: string) {
  if (!id.startsWith('https://')) return 'not-https'
  if (id.length > 500) return 'too-long'
  // without a host a browser would take the first path segment as one
  // RFC 3986 §2: a browser reads a backslash as a slash, and a quotation mark ends an attribute
  if (!/^https:\/\/(?![/?#])[!#-;=?-[\]_a-z~]+$/.test(id) || !URL.canParse(id)) return 'not-url'
  const url = new URL(id)
  if (url.username || url.password || /^https:\/\/[^/?#]*@/.test(id)) return 'credentials'
  if (id.includes('#')) return 'fragment'
  const [target = ''] = id.slice('https://'.length).split('?', 1)
  const path = target.replace(/^[^/]*/, '')
  if (path === '' || path === '/') return 'no-path'
  if (path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return 'dot-segment'
  return null
}

/** Whether a `client_id` is meant as the URL of a document; our own ids never start like this (CIMD §7.1). */
export const isClientIdUrl = (id: string): boolean => id.startsWith('https://')

const invalid = (problem: DocumentProblem): OAuthError =>
  new OAuthError('invalid_client_metadata', { kind: 'document-unusable', problem })

const sharedSecretMethods = new Set([
  'client_secret_post',
  'client_secret_basic',
  'client_secret_jwt',
])

/** CIMD §4.1: the document is public, so it cannot contain or imply a secret. */
function refuseSecrets(members: Record<string, unknown>): void {
  if ('client_secret' in members || 'client_secret_expires_at' in members) {
    throw invalid('secret')
  }
  const { token_endpoint_auth_method: method } = members
  if (typeof method === 'string' && sharedSecretMethods.has(method)) {
    throw invalid('secret-method')
  }
}

/**
 * Checks a client metadata document (CIMD §4, MCP authorization).
 *
 * @param url the `client_id`, from which it was fetched
 * @throws {OAuthError}
 */
export function readClientDocument(document: unknown, url: string): ClientMetadata {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw invalid('not-object')
  }
  const members = document as Record<string, unknown>
  // simple string comparison (RFC 3986 §6.2.1)
  if (members.client_id !== url) throw invalid('client-id')
  if (typeof members.client_name !== 'string' || members.client_name.trim() === '') {
    throw invalid('no-name')
  }
  refuseSecrets(members)
  // the default is the only method that a public document allows without keys
  const method = members.token_endpoint_auth_method ?? 'none'
  return readClientMetadata({ ...members, token_endpoint_auth_method: method })
}

/** Limits of how long a document is cached, in seconds. */
const freshness = { shortest: 300, longest: 24 * 3600, usual: 3600 }

/** How long a document stays fresh (RFC 9111 §5.2), within our limits (CIMD §5.2). */
export function documentLifetime(cacheControl: string | null): number {
  const directives = (cacheControl ?? '').toLowerCase()
  if (/\bno-(store|cache)\b/.test(directives)) return freshness.shortest
  const seconds =
    /\bs-maxage=(\d{1,9})/.exec(directives)?.[1] ?? /\bmax-age=(\d{1,9})/.exec(directives)?.[1]
  if (seconds === undefined) return freshness.usual
  return Math.min(freshness.longest, Math.max(freshness.shortest, Number(seconds)))
}
