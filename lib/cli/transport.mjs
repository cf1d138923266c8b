/** As lib/loopback.ts has them, which Node cannot read. A test compares the two. */
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether an origin is for this machine alone. What is no URL is so, too: the check of the configuration
 * refuses it.
 *
 * @param {string | undefined} origin
 */
export const isOwnMachine = (origin) =>
  !origin || !URL.canParse(origin) || loopbackHosts.has(new URL(origin).hostname)

/**
 * Keeps a browser on https, where the origin is (RFC 6797). A year: an origin that is not on loopback
 * cannot go back to http here, so that nothing is lost by it. Not for hosts below this one, which may be
 * somebody else's, and not for the preload list, which is for the owner of the domain to ask for.
 */
export const strictTransport = {
  key: 'Strict-Transport-Security',
  value: 'max-age=31536000',
}

/**
 * Whether browsers are told. On loopback they are not: it would hold for every other server of the
 * machine.
 *
 * @param {string | undefined} origin
 */
export const isStrict = (origin) => origin?.startsWith('https:') === true && !isOwnMachine(origin)
