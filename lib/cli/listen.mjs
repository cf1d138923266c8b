import { once } from 'node:events'
import { createServer } from 'node:net'
import { isOwnMachine } from './transport.mjs'

/**
 * The addresses to listen on; `null` for all addresses of this machine.
 *
 * @typedef {readonly string[] | null} Addresses
 */

/** `localhost` may be either; clients differ in which they try first. */
const loopback = ['127.0.0.1', '::1']

/**
 * The configured addresses to listen on. A server with a loopback origin serves only this machine: it has
 * no TLS, and its set-up link may still be open.
 *
 * @param {Readonly<Record<string, string | undefined>>} settings
 * @returns {Addresses}
 */
export function listenAddresses({ PORTICO_HOST: host, PORTICO_URL: origin }) {
  // without an address, Node listens on IPv4 alone if IPv6 is unavailable
  if (host === '::') return null
  if (host) return [host]
  return isOwnMachine(origin) ? loopback : null
}

/** Node's connection options for HTTP servers. */
const asHttp = { allowHalfOpen: true, noDelay: true }

/** Error codes for an address or address family that this machine lacks. */
const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

/** @param {import('node:net').Server} server @param {number} port @param {string} [host] */
async function open(server, port, host) {
  server.listen({ port, ...(host && { host }) })
  await once(server, 'listening')
}

/** @param {import('node:net').Server} server @returns {number} */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port

/**
 * Opens a port on each address; skips addresses that this machine lacks, as long as one is left. The
 * first socket belongs to the server itself; the others pass their connections on to it.
 *
 * @param {import('node:http').Server} server
 * @param {{ port: number, addresses: Addresses }} at port 0 for any free port, the same on each address
 * @returns {Promise<{ addresses: Addresses, port: number, sockets: import('node:net').Server[] }>} the
 *   open addresses and their listening sockets
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
  let failure = null
  for (const address of addresses) {
    const [first] = sockets
    const next = first
      ? createServer(asHttp, (socket) => void server.emit('connection', socket))
      : server
    try {
      await open(next, first ? portOf(first) : port, address)
    } catch (error) {
      failure = error
      if (absent.has(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) continue
      throw error
    }
    sockets.push(next)
    found.push(address)
  }
  if (sockets.length === 0) throw failure
  return { addresses: found, port: portOf(server), sockets }
}

/**
 * Describes the addresses and the port.
 *
 * @param {Addresses} addresses
 * @param {number} port
 */
export function describeAddresses(addresses, port) {
  if (addresses === null) return `port ${port} of every address of this machine`
  const isOwn = addresses.every((address) => address === '::1' || address.startsWith('127.'))
  return `port ${port} of ${addresses.join(' and ')}${isOwn ? ', for this machine only' : ''}`
}
