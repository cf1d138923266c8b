/**
 * Sets a request's host headers to the configured origin. Next compares the `Origin` of a form with these
 * headers and builds URLs from them; so neither a proxy that rewrites `Host` nor a client that forges it
 * has an effect.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'headers'>} request
 * @param {string} origin such as `https://portico.example.com`
 */
export function settleOrigin({ headers }, origin) {
  const { host, protocol, port } = new URL(origin)
  headers.host = host
  headers['x-forwarded-host'] = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  headers['x-forwarded-port'] = port || (protocol === 'https:' ? '443' : '80')
}
