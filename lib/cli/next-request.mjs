import { randomBytes } from 'node:crypto'

/**
 * What a request needs before Next gets it.
 *
 * @import { IncomingMessage } from 'node:http'
 */

/**
 * Encodes every `%` of an undecodable path once more, so that it is an ordinary unknown path. Next would
 * answer 500, and nothing would record it.
 *
 * @param {Pick<IncomingMessage, 'url'>} request
 */
export function makeDecodable(request) {
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  try {
    decodeURIComponent(path)
  } catch {
    request.url = [path.replaceAll('%', '%25'), ...query].join('?')
  }
}

/**
 * Sets the host headers to the configured origin. Next compares the `Origin` of a form with these
 * headers and builds URLs from them; so neither a proxy that rewrites `Host` nor a client that forges it
 * has an effect.
 *
 * @param {Pick<IncomingMessage, 'headers'>} request
 * @param {string} origin such as `https://portico.example.com`
 */
export function settleOrigin({ headers }, origin) {
  const { host, protocol, port } = new URL(origin)
  headers.host = host
  headers['x-forwarded-host'] = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  headers['x-forwarded-port'] = port || (protocol === 'https:' ? '443' : '80')
}

/**
 * When a form redirects to another page, Next requests that page from this server with all headers of the
 * form's request. Such a request passed no proxy, and its headers are already sanitised.
 */
const ownHeader = 'x-portico-own'
const secret = randomBytes(24).toString('base64url')

/** Marks a request, so that Next's own requests are recognised. @param {IncomingMessage} request */
export function markOwn({ headers }) {
  headers[ownHeader] = secret
}

/** Whether a request comes from Next; nobody else knows the mark. @param {IncomingMessage} request */
export const isOwn = ({ headers }) => headers[ownHeader] === secret
