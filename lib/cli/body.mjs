import { IncomingMessage } from 'node:http'
import { Gathered } from './gathered.mjs'

/**
 * Bodies, read before anything behind asks for them: whoever does finds a whole one, within its limit,
 * or is never asked.
 *
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {'too large' | 'slow' | 'gone'} Unread why there is none
 */

/** What all bodies may hold together while they arrive, in bytes. */
const mostHeld = 32 * 1024 * 1024
/** So much of what is refused is thrown away before its connection is ended: an answer that a sender is
 * cut off from is lost to it. */
const drainLimits = { bytes: 16 * 1024 * 1024, ms: 1000, lookEveryMs: 20 }

/** @type {Map<IncomingMessage, { held: number, giveUp: () => void }>} in the order they began */
const arriving = new Map()
let held = 0

/** Those that began first and are not there yet are the slow ones. */
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
 * Reads a body, and no more of it than the limit.
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
      // one that is never read any more must not end the process when it breaks off
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

/** A request whose body was read, with its body; to give it up ends no connection. */
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
 * The same request, its body to be read from the beginning.
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
 * Waits until a body that nobody wants has come to its end, or too much of it has.
 *
 * @param {IncomingMessage} request
 * @param {() => void} then
 */
export function drainBody(request, then) {
  const { socket } = request
  const until = { ms: Date.now() + drainLimits.ms, bytes: socket.bytesRead + drainLimits.bytes }
  request.on('error', () => {}).resume()
  const look = setInterval(() => {
    const isOver = request.complete || socket.destroyed
    if (!isOver && Date.now() < until.ms && socket.bytesRead < until.bytes) return
    clearInterval(look)
    then()
  }, drainLimits.lookEveryMs)
}

/**
 * Ends the connection of a request that was answered without its body being read, where that goes on.
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
