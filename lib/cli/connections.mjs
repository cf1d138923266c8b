import { noteSender } from './sender.mjs'
import { application } from './shutdown.mjs'

/**
 * Connection timeouts, and what Node rejects before it becomes a request.
 *
 * @import { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
 * @import { Socket } from 'node:net'
 * @import { Duplex } from 'node:stream'
 */

/**
 * In milliseconds: for the headers, and for the whole request; the largest body (4 MiB) needs half a
 * megabit per second.
 *
 * @satisfies {ServerOptions}
 */
export const connectionLimits = {
  headersTimeout: 20_000,
  requestTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  // lib/server/entrance.ts refuses and records it
  requireHostHeader: false,
}

/** Requests that wait for 100 Continue (RFC 9110 §10.1.1). @type {WeakSet<IncomingMessage>} */
const waiting = new WeakSet()

/**
 * Sends 100 Continue if the client waits for it.
 *
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export function askForBody(request, response) {
  if (waiting.delete(request)) response.writeContinue()
}

/** @param {Duplex} socket @param {string} code */
function refuse(socket, code) {
  const { remoteAddress = 'unknown', bytesRead = 0 } = /** @type {Socket} */ (socket)
  // browsers preconnect without sending anything
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
 * Answers and records everything that Node would answer itself, or not at all. An `Upgrade` is ignored
 * while nobody listens for it (RFC 9110 §7.8): the request is answered like any other.
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
