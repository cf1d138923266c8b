import { once } from 'node:events'
import { createServer } from 'node:net'
import { isOwnMachine } from './transport.mjs'

/**
 * Which addresses are listened on; `null` for every one of this machine.
 *
 * @typedef {readonly string[] | null} Addresses
 */

/** `localhost` is either, and which one is tried first differs from client to client. */
const loopback = ['127.0.0.1', '::1']

/**
 * Where to listen by the settings. A server whose origin is on loopback serves this machine alone, and
 * nobody else's requests: it has no TLS, and may have its set-up link still open.
 *
 * @param {Readonly<Record<string, string | undefined>>} settings
 * @returns {Addresses}
 */
export function addressesFor({ PORTICO_HOST: host, PORTICO_URL: origin }) {
  // Node does without IPv6 by itself where it is told no address
  if (host === '::') return null
  if (host) return [host]
  return isOwnMachine(origin) ? loopback : null
}

/** What an HTTP server sets for its connections by itself. */
const asHttp = { allowHalfOpen: true, noDelay: true }

/** What this machine says where it has no such address, or none of its kind. */
const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

/**
 * @param {import('node:net').Server} server
 * @param {number} port
 * @param {string} [host]
 */
async function open(server, port, host) {
  server.listen({ port, ...(host && { host }) })
  await once(server, 'listening')
}

/**
 * @param {import('node:net').Server} server
 * @returns {number}
 */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port

/**
 * Opens a port on one address after another; those that this machine does not have are left out, as
 * long as there is one. The first socket is that of the server itself; the others hand it what they
 * accept.
 *
 * @param {import('node:http').Server} server
 * @param {{ port: number, addresses: Addresses }} at port 0 for a free one, the same on each
 * @returns {Promise<{ addresses: Addresses, port: number, sockets: import('node:net').Server[] }>} what is
 *   listened on, and its sockets
 * @throws {NodeJS.ErrnoException}
 */
export async function listen(server, { port, addresses }) {
  if (addresses === null) {
    await open(server, port)
    return { addresses, port: portOf(server), sockets: [server] }
  }
  /** @type {import('node:net').Server[]} */
  const sockets = []
  const found = []
  /** @type {unknown} */
  let lack = null
  for (const address of addresses) {
    const [first] = sockets
    const door = first
      ? createServer(asHttp, (socket) => void server.emit('connection', socket))
      : server
    try {
      await open(door, first ? portOf(first) : port, address)
    } catch (error) {
      lack = error
      if (absent.has(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) continue
      throw error
    }
    sockets.push(door)
    found.push(address)
  }
  if (sockets.length === 0) throw lack
  return { addresses: found, port: portOf(server), sockets }
}

/**
 * Where that is, in words.
 *
 * @param {Addresses} addresses
 * @param {number} port
 */
export function describeAddresses(addresses, port) {
  if (addresses === null) return `port ${port} of every address of this machine`
  const isOwn = addresses.every((address) => address === '::1' || address.startsWith('127.'))
  return `port ${port} of ${addresses.join(' and ')}${isOwn ? ', for this machine only' : ''}`
}
