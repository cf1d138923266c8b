import { noteSender } from './sender.mjs'
import { application } from './shutdown.mjs'

/**
 * What Node does with connections by itself: how long they may take, and what never becomes a request.
 *
 * @typedef {import('node:http').Server} Server
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:stream').Duplex} Duplex
 */

/**
 * In milliseconds: until the headers are there, and until the body is, of which the largest (4 MiB)
 * still comes through a line of half a megabit per second.
 *
 * @type {Readonly<Pick<import('node:http').ServerOptions,
 *   'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval' | 'requireHostHeader'>>}
 */
export const connectionLimits = {
  headersTimeout: 20_000,
  requestTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  // refused like everything else, in our own words and recorded (lib/server/entrance.ts)
  requireHostHeader: false,
}

/** Requests that wait to be told to send their body (RFC 9110 §10.1.1). @type {WeakSet<IncomingMessage>} */
const waiting = new WeakSet()

/**
 * Tells who waits for it to send the body.
 *
 * @param {IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function askForBody(request, response) {
  if (waiting.delete(request)) response.writeContinue()
}

/** @param {Duplex} socket @param {string} code */
function refuse(socket, code) {
  const { remoteAddress = 'unknown', bytesRead = 0 } = /** @type {import('node:net').Socket} */ (
    socket
  )
  // a browser opens connections ahead of need, and sends nothing
  const answer = bytesRead > 0 ? application()?.brokenAnswer(code, remoteAddress) : undefined
  if (answer === undefined) {
    socket.destroy()
    return
  }
  socket.on('error', () => {})
  socket.end(answer, () => socket.destroy())
}

/** @param {NodeJS.ErrnoException} error @param {Duplex} socket */
function onClientError(error, socket) {
  const { _httpMessage: answering } = /** @type {{ _httpMessage?: { headersSent: boolean } }} */ (
    /** @type {unknown} */ (socket)
  )
  const isOver = error.code === 'ECONNRESET' || !socket.writable || answering?.headersSent
  if (isOver) socket.destroy()
  else refuse(socket, error.code ?? '')
}

/**
 * Has everything that Node would answer in its own words, or not at all, be answered and recorded. An
 * `Upgrade` is none as long as nobody listens for it (RFC 9110 §7.8): the request is answered as any.
 *
 * @param {Server} server
 */
export function guardConnections(server) {
  server.on('connection', noteSender)
  server.on('clientError', onClientError)
  server.on('connect', (_request, socket) => refuse(socket, 'CONNECT'))
  server.on('checkContinue', (request, response) => {
    waiting.add(request)
    server.emit('request', request, response)
  })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}
