/** @typedef {{ remoteAddress?: string | undefined }} Connection */

/** Where connections came from: of one that was reset meanwhile its socket knows no more. @type {WeakMap<Connection, string>} */
const senders = new WeakMap()

/** Notes where a connection comes from, as soon as it is there. @param {Connection} connection */
export function noteSender(connection) {
  if (connection.remoteAddress) senders.set(connection, connection.remoteAddress)
}

/**
 * Next believes `X-Forwarded-For` as it arrives. With the sender's own address at its end, the
 * entries that proxies appended can be counted from there, and what a client made up is left over.
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
