/**
 * Next believes `X-Forwarded-For` as it arrives. With the sender's own address at its end, the
 * entries that proxies appended can be counted from there, and what a client made up is left over.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'headers'> & {
 *   socket: { remoteAddress?: string | undefined } }} request
 */
export function appendSender(request) {
  const sender = request.socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? 'unknown'
  const arrived = request.headers['x-forwarded-for']
  request.headers['x-forwarded-for'] = arrived ? `${arrived}, ${sender}` : sender
}
