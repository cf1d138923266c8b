/** Schemes that a proxy names. */
const schemes: ReadonlySet<string | undefined> = new Set(['http', 'https'])

/** How much of a name that somebody sent is kept. */
const longest = 200

/** A header by its lower-case name. */
export type HeaderOf = (name: string) => string | null | undefined

const first = (value: string | null | undefined): string | undefined =>
  value?.split(',', 1)[0]?.trim()

/** The host that a request was sent to: what a proxy says of it first, then the `Host`. */
const hostAsked = (headerOf: HeaderOf): string | null | undefined =>
  first(headerOf('x-forwarded-host')) ?? headerOf('host')

/**
 * The name that a request was sent to, where it is none of this server's own. It is a hint for the log,
 * which nothing is decided by: a client can make it up, and a proxy may have rewritten it.
 *
 * @param own the origins of this server, its present one first
 * @returns an origin, or `null`
 */
export function otherName(headerOf: HeaderOf, own: readonly string[]): string | null {
  const scheme = first(headerOf('x-forwarded-proto'))
  const host = hostAsked(headerOf)
  const usual = new URL(own[0] ?? '').protocol
  const asked = `${schemes.has(scheme) ? `${scheme}:` : usual}//${host}`
  if (!host || !URL.canParse(asked)) return null
  const { origin } = new URL(asked)
  return own.includes(origin) ? null : origin.slice(0, longest)
}

/** Whether a request was sent to the host of an origin, spelled in any way. */
export function wasSentTo(origin: string, headerOf: HeaderOf): boolean {
  const host = hostAsked(headerOf)
  const asked = `${new URL(origin).protocol}//${host}`
  return Boolean(host) && URL.canParse(asked) && new URL(asked).origin === origin
}
