/**
 * The hosts of a URL that are this machine, where plain http is accepted.
 *
 * @type {ReadonlySet<string>}
 */
export const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether an origin is on loopback. Also true for an invalid URL: the configuration check refuses it.
 *
 * @param {string | undefined} origin
 */
export const isOwnMachine = (origin) =>
  !origin || !URL.canParse(origin) || loopbackHosts.has(new URL(origin).hostname)

/**
 * Keeps browsers on https (RFC 6797) for a year: an origin that is not on loopback cannot return to http.
 * Not for subdomains, which may belong to someone else, and not for the preload list, which is for the
 * domain's owner to request.
 */
export const strictTransport = {
  key: 'Strict-Transport-Security',
  value: 'max-age=31536000',
}

/**
 * Whether the header is sent. Not on loopback: it would apply to every other server of the machine.
 *
 * @param {string | undefined} origin
 */
export const isStrict = (origin) => origin?.startsWith('https:') === true && !isOwnMachine(origin)
