import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './log.mjs'

/**
 * What the started application puts on `globalThis` for its host process.
 *
 * @typedef {object} Application
 * @property {string} origin the configured public origin
 * @property {number} stopSeconds how long open requests may take to end during a stop
 * @property {(at: { addresses: import('./listen.mjs').Addresses, port: number }) => void} [ready]
 *   called once the server answers, with its addresses
 * @property {(method: string, path: string) => ((request: Request) => Promise<Response>) | null} endpointAt
 *   the endpoint that answers a request without Next
 * @property {(headers: import('node:http').IncomingHttpHeaders, path: string) => void} notice
 *   notes each request as it arrived
 * @property {(target: string) => string | null} targetPath the path of a request target, `null` if it
 *   is not on this server
 * @property {(request: import('node:http').IncomingMessage) => string | null} presentAddress the current
 *   URL of a page that a browser requests at an earlier one
 * @property {(request: import('node:http').IncomingMessage) => Refusing | null} refusalOf why a request
 *   is refused by its request line and headers
 * @property {(request: import('node:http').IncomingMessage) => Refusing | null} refusalOfForm why a
 *   request for Next is refused as a cross-origin form
 * @property {(path: string) => number} bodyLimit the body limit of a path, in bytes
 * @property {(path: string) => Refusing} refuseBody the body exceeds it
 * @property {(request: import('node:http').IncomingMessage, body: Buffer) => Refusing | null} refusalOfCall
 *   why a server action is refused by its arguments
 * @property {() => Refusing} refuseSlow the body is too slow
 * @property {() => Refusing} refuseBusy too many pages are requested at once
 * @property {(request: import('node:http').IncomingMessage, refusing: Refusing) =>
 *   Promise<{ status: number, headers: Readonly<Record<string, string>>, body: string }>} refusalAnswer
 *   records a refusal and returns the response
 * @property {(code: string, sender: string) => string} brokenAnswer the same for an unparsable request,
 *   as a raw response
 * @property {(response: import('node:http').ServerResponse) => Promise<'now' | 'full' | 'gone'>} pageTurn
 *   waits for a slot to render a page
 * @property {<Result>(answer: () => Result, arrivedMs: number) => Result} inScope answers a request that
 *   arrived at this `performance.now()`
 * @property {(request: import('node:http').IncomingMessage,
 *   response: import('node:http').ServerResponse) => boolean} shield
 *   answers instead of Next while the database is unavailable; whether it did
 * @property {() => void} stop ends open streams and makes the server unready
 * @property {() => Promise<void>} close writes pending data and closes the database
 */

/** @typedef {import('../server/entrance.ts').Refusing} Refusing */

/** @returns {Application | undefined} */
export const application = () => /** @type {{ __portico?: Application }} */ (globalThis).__portico

/** Milliseconds to write pending data and close the database. */
const closingMs = 3000

/** A terminal signals all its processes, and npm forwards its signal: the same one arrives twice. */
const echoMs = 300

/**
 * Tracks the requests in progress. While the process stops, no connection is kept alive.
 *
 * @param {import('node:http').Server} server
 * @param {AbortSignal} stopping
 */
function openRequests(server, stopping) {
  /** @type {Set<import('node:http').ServerResponse>} */
  const open = new Set()
  server.prependListener('request', (_request, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    if (stopping.aborted) response.shouldKeepAlive = false
  })
  return open
}

/**
 * Waits until all these requests have ended.
 *
 * @param {Iterable<import('node:http').ServerResponse>} requests
 */
const ended = (requests) =>
  Promise.all(
    [...requests].map((response) => new Promise((resolve) => response.once('close', resolve))),
  )

/**
 * Waits for requests to end: first those that were open at the signal, while new ones are still accepted,
 * because load balancers notice a stop late; then the new ones.
 *
 * @param {import('node:http').Server} server
 * @param {readonly import('node:net').Server[]} sockets its listening sockets
 * @param {Set<import('node:http').ServerResponse>} open
 * @param {number} ms at most
 */
async function drain(server, sockets, open, ms) {
  const late = sleep(ms)
  await Promise.race([ended(open), late])
  const closed = Promise.all(sockets.map((one) => new Promise((resolve) => one.close(resolve))))
  // A connection that was busy when the server closed stays open for its next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  await Promise.race([closed, late])
  clearInterval(sweep)
  server.closeAllConnections()
}

/**
 * Stops the process on a signal: makes it unready at once, ends streams, waits for requests, then closes
 * the database. A second signal ends it immediately.
 *
 * @param {import('node:http').Server} server
 * @param {AbortController} stopping aborted at the signal
 * @param {readonly import('node:net').Server[]} sockets its listening sockets, filled in later
 */
export function stopOnSignal(server, stopping, sockets) {
  const open = openRequests(server, stopping.signal)
  let askedAt = 0
  const stop = async () => {
    askedAt = Date.now()
    stopping.abort()
    const app = application()
    // requests that wait for an application still starting would never be answered
    const drainMs = (app?.stopSeconds ?? 0) * 1000
    setTimeout(() => {
      say('error', 'could not stop in time: ended anyway')
      process.exit(1)
    }, drainMs + closingMs)
    app?.stop()
    await drain(server, sockets, open, drainMs)
    await app?.close()
    process.exit(0)
  }
  const begin = () =>
    stop().catch((error) => {
      say('error', 'could not stop cleanly:', { error })
      process.exit(1)
    })
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
    process.on(signal, () => {
      if (!stopping.signal.aborted) return void begin()
      if (Date.now() - askedAt < echoMs) return
      say('error', `a second ${signal}: ended at once`)
      process.exit(128 + constants.signals[signal])
    })
  }
  // the parent process with an IPC channel to this one has ended
  process.on('disconnect', () => {
    if (!stopping.signal.aborted) void begin()
  })
}
