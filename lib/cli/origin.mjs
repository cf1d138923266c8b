/**
 * Sets what a request says about the host it came to: that of the configured origin, whatever a
 * proxy made of it. Next compares the `Origin` of a form with these headers, and makes addresses of
 * them; so that neither a proxy that rewrites `Host` nor a client that makes one up changes either.
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
