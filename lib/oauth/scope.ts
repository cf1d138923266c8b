/** A scope that can be granted, and what it allows in plain words. */
export type ScopeDescription = {
  readonly name: string
  readonly title: string
  readonly sentence: string
}

/** The scopes of this server, in the order they are written. */
export const scopes = [
  {
    name: 'claudeai',
    title: 'Use your tools',
    sentence: 'Call the tools of this server in your name and read their results.',
  },
  {
    name: 'offline_access',
    title: 'Stay connected',
    sentence: 'Keep the connection alive while you are away, until you revoke it.',
  },
  {
    name: 'portico:observe',
    title: 'Watch everyone’s connections',
    sentence:
      'See who connects to this server, with which app and from where, and every step of each attempt, for all people and not only for you. It cannot change anything.',
  },
] as const satisfies readonly ScopeDescription[]

/** The name of a known scope. */
export type Scope = (typeof scopes)[number]['name']

/** The protected resource's scopes: the set a client should request (MCP, scope selection). */
export const resourceScopes: readonly Scope[] = ['claudeai']

/**
 * The authorization server's scopes. `offline_access` belongs here and never in the other list
 * (SEP-2207). Clients request everything named in either, so a step-up scope is in neither.
 */
export const serverScopes: readonly Scope[] = ['claudeai', 'offline_access']

/** Every scope that can be requested. */
const knownScopes: readonly Scope[] = scopes.map(({ name }) => name)

/**
 * Normalizes a requested scope: known scopes only, each once, in a fixed order, and always with the
 * default. Any whitespace and `+` separate, so that `claudeai+`, `claudeai ` and an empty or missing
 * scope all lead to the same grant. Unknown scopes are dropped, which RFC 6749 §3.3 allows if the
 * answer names what was granted.
 */
export function grantableScope(requested: string | null | undefined): Scope[] {
  const wanted = new Set(splitScope(requested))
  const granted = knownScopes.filter((scope) => wanted.has(scope))
  return granted.includes('claudeai') ? granted : ['claudeai', ...granted]
}

/** The parts of a scope string; no part is empty (scope-token, RFC 6749 §3.3). */
export const splitScope = (scope: string | null | undefined): string[] =>
  (scope ?? '').split(/[\s+]+/).filter(Boolean)

/** The wire form: separated by single spaces. */
export const joinScope = (granted: readonly string[]): string => granted.join(' ')

/**
 * The scope of a refreshed token: the original one, or less (OAuth 2.1 §4.3.1).
 *
 * @returns `null` when more is requested than was granted
 */
export function narrowScope(granted: string, requested: string | null | undefined): string | null {
  const wanted = splitScope(requested)
  if (wanted.length === 0) return granted
  const original = splitScope(granted)
  const known = wanted.filter((scope) => (knownScopes as readonly string[]).includes(scope))
  if (known.some((scope) => !original.includes(scope))) return null
  // a request without any known scope means "the same again", as at /authorize
  return known.length === 0 ? granted : joinScope(original.filter((scope) => known.includes(scope)))
}

/** Descriptions of the scopes in a scope string, for the consent page. */
export const describeScope = (scope: string): ScopeDescription[] => {
  const names = splitScope(scope)
  return scopes.filter(({ name }) => names.includes(name))
}
