import { IncomingMessage } from 'node:http'
import { Gathered } from './gathered.mjs'

/**
 * Reads request bodies before a handler runs: the handler gets a complete body within its limit, or is
 * not called.
 *
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {'too large' | 'slow' | 'gone'} Unread why there is no body
 */

/** The memory for all arriving bodies together, in bytes. */
const mostHeld = 32 * 1024 * 1024
/** How much of a refused body is discarded before its connection is closed: a client that is cut off
 * while sending loses the answer. */
const drainLimits = { bytes: 16 * 1024 * 1024, ms: 1000, pollMs: 20 }

/** @type {Map<IncomingMessage, { held: number, giveUp: () => void }>} oldest first */
const arriving = new Map()
let held = 0

/** Gives up the oldest bodies, which are the slowest. */
function makeRoom() {
  for (const { giveUp } of arriving.values()) {
    if (held <= mostHeld) return
    giveUp()
  }
}

/** @param {IncomingMessage} request */
export const hasBody = ({ headers }) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/**
 * Reads a body up to the limit.
 *
 * @param {IncomingMessage} request
 * @param {number} limit bytes
 * @returns {Promise<Buffer | Unread>}
 */
export function readBody(request, limit) {
  return new Promise((resolve) => {
    const gathered = new Gathered()
    const entry = { held: 0, giveUp: () => settle('slow') }
    /** @param {Buffer | Unread} result */
    const settle = (result) => {
      if (!arriving.delete(request)) return
      held -= entry.held
      request.off('data', take).off('end', whole).off('close', gone).off('error', gone)
      // without a listener, an error of this request would end the process
      request.on('error', () => {})
      resolve(result)
    }
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      if (gathered.size + chunk.length > limit) return settle('too large')
      gathered.add(chunk)
      held += gathered.held - entry.held
      entry.held = gathered.held
      if (held > mostHeld) makeRoom()
    }
    const whole = () => settle(gathered.whole())
    const gone = () => settle('gone')
    arriving.set(request, entry)
    request.on('data', take).once('end', whole).once('close', gone).once('error', gone)
  })
}

/** A request with its body replayed; destroying it does not close the connection. */
class Replayed extends IncomingMessage {
  /** @override */
  _read() {}

  /**
   * @override
   * @param {Error | null} error
   * @param {(error?: Error | null) => void} done
   */
  _destroy(error, done) {
    done(error)
  }
}

/**
 * The same request with its body to be read again.
 *
 * @param {IncomingMessage} request
 * @param {Buffer} body
 */
export function replayed(request, body) {
  const again = new Replayed(request.socket)
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders } = request
  const { 'transfer-encoding': _, ...headers } = request.headers
  headers['content-length'] = String(body.length)
  Object.assign(again, { method, url, httpVersion, httpVersionMajor, httpVersionMinor })
  Object.assign(again, { rawHeaders, headers, complete: true })
  if (body.length > 0) again.push(body)
  again.push(null)
  return again
}

/**
 * Discards the rest of a refused body, up to the limits, and then calls `then`.
 *
 * @param {IncomingMessage} request
 * @param {() => void} then
 */
export function drainBody(request, then) {
  const { socket } = request
  const until = { ms: Date.now() + drainLimits.ms, bytes: socket.bytesRead + drainLimits.bytes }
  request.on('error', () => {}).resume()
  const poll = setInterval(() => {
    const isOver = request.complete || socket.destroyed
    if (!isOver && Date.now() < until.ms && socket.bytesRead < until.bytes) return
    clearInterval(poll)
    then()
  }, drainLimits.pollMs)
}

/**
 * Closes the connection after a response whose request body was not read, if the client still sends it.
 *
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export function endUnread(request, response) {
  response.once('finish', () => {
    if (request.complete) return
    drainBody(request, () => {
      if (!request.complete) request.socket.destroy()
    })
  })
}
