import { withoutTrailingSlashes } from '@/lib/text'
import { OAuthError } from './errors'

const printed = (value: string): string | null => {
  if (!URL.canParse(value)) return null
  const url = new URL(value)
  if (url.hash || value.includes('#') || url.search || url.username || url.password) return null
  // printing lower-cases scheme and host and drops a default port
  return withoutTrailingSlashes(`${url.protocol}//${url.host}${url.pathname}`)
}

/**
 * The resource a token is for (RFC 8707 §2). There is one, so an absent indicator means it; other
 * spellings of the same address (upper-case host, default port, trailing slash) are accepted, and
 * so is the bare origin, which older clients send. The canonical form is what is stored and signed.
 *
 * @param mcpUrl the canonical resource, without trailing slash
 * @throws {OAuthError} `invalid_target`
 */
export function resolveResource(requested: readonly string[], mcpUrl: string): string {
  const { origin } = new URL(mcpUrl)
  for (const value of requested) {
    const canonical = printed(value)
    if (canonical !== mcpUrl && canonical !== origin) {
      throw new OAuthError('invalid_target', `"resource" must be ${mcpUrl}`, 'unknown resource')
    }
  }
  return mcpUrl
}
