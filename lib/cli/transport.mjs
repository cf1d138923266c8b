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
