import { invalidRequest } from './errors'

/** The parameters of a request: names from RFC 6749 and its extensions, without empty ones. */
export type Parameters = { readonly [name: string]: string | undefined }

/** RFC 8707 §2 allows this one more than once. */
const repeatable = new Set(['resource'])

/** Longer than any value that clients send; anything beyond is an attack. */
const longestValue = 4096

/**
 * Reads request parameters (OAuth 2.1 §3.1, §3.2): an empty one counts as absent, a repeated one is an
 * error, an unknown one is kept and ignored later.
 *
 * @throws {OAuthError} `invalid_request`
 */
export function readParameters(source: URLSearchParams): Parameters {
  const parameters: Record<string, string> = Object.create(null) // no inherited names
  const seen = new Set<string>()
  for (const [name, value] of source) {
    if (seen.has(name) && repeatable.has(name)) continue
    if (seen.has(name)) {
      const parameter = isPlainName(name) ? name : null
      throw invalidRequest({ kind: 'parameter-repeated', parameter })
    }
    seen.add(name)
    if (value.length > longestValue) throw invalidRequest({ kind: 'parameter-too-long' })
    if (value.includes('\u0000')) throw invalidRequest({ kind: 'parameter-with-nul' })
    if (value !== '') parameters[name] = value
  }
  return parameters
}

/** All non-empty values of `resource` (RFC 8707 §2). */
export const readResources = (source: URLSearchParams): string[] =>
  source.getAll('resource').filter(Boolean)

/** Parameter names are short words; anything else is not echoed. */
const isPlainName = (name: string): boolean => /^[a-z_]{1,40}$/.test(name)
