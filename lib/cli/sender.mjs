/** @typedef {{ remoteAddress?: string | undefined }} Connection */

/** The peers of connections: the socket of a reset connection has lost its own. @type {WeakMap<Connection, string>} */
const senders = new WeakMap()

/** Notes the peer of a new connection. @param {Connection} connection */
export function noteSender(connection) {
  if (connection.remoteAddress) senders.set(connection, connection.remoteAddress)
}

/**
 * Appends the sender's address to `X-Forwarded-For`, which Next trusts as it arrives. The entries that
 * proxies appended can then be counted from the end; what a client forged is left over.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'headers'> & {
 *   socket: Connection }} request
 */
export function appendSender(request) {
  const { socket } = request
  const address = senders.get(socket) ?? socket.remoteAddress
  const sender = address?.replace(/^::ffff:(?=\d+\.)/, '') ?? 'unknown'
  const arrived = request.headers['x-forwarded-for']
  request.headers['x-forwarded-for'] = arrived ? `${arrived}, ${sender}` : sender
}
