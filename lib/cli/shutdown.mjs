import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './log.mjs'

/**
 * What the application leaves on `globalThis`, once it is started, for the process that hosts it.
 *
 * @typedef {object} Application
 * @property {string} origin the configured public origin
 * @property {number} stopSeconds how long open requests may take to end when it is asked to stop
 * @property {(at: { addresses: import('./listen.mjs').Addresses, port: number }) => void} [ready]
 *   told once the server answers, and where it listens
 * @property {(method: string, path: string) => ((request: Request) => Promise<Response>) | null} endpointAt
 *   what answers a request without Next
 * @property {(headers: import('node:http').IncomingHttpHeaders, path: string) => void} notice
 *   is shown each request as it arrived
 * @property {(target: string) => string | null} targetPath the path that a request's target stands
 *   for, `null` where it is none of this server
 * @property {(request: import('node:http').IncomingMessage) => string | null} presentAddress where a
 *   page is that a browser asks for by another name of this server
 * @property {(request: import('node:http').IncomingMessage) => Refusing | null} refusalOf why a request
 *   is refused by its first line and headers
 * @property {(request: import('node:http').IncomingMessage) => Refusing | null} refusalOfForm why one
 *   that Next answers is refused as a form of elsewhere
 * @property {(path: string) => number} bodyLimit how long a body may be, in bytes
 * @property {(path: string) => Refusing} refuseBody one is longer
 * @property {(request: import('node:http').IncomingMessage, body: Buffer) => Refusing | null} refusalOfCall
 *   why a call of a server action is refused by what it holds
 * @property {() => Refusing} refuseSlow one did not come in time
 * @property {() => Refusing} refuseBusy too many pages are asked for at once
 * @property {(request: import('node:http').IncomingMessage, refusing: Refusing) =>
 *   Promise<{ status: number, headers: Readonly<Record<string, string>>, body: string }>} refusalAnswer
 *   records a refusal, and says what to answer
 * @property {(code: string, sender: string) => string} brokenAnswer the same for what is no request,
 *   byte for byte
 * @property {(response: import('node:http').ServerResponse) => Promise<'now' | 'full' | 'gone'>} pageTurn
 *   waits until a page may be made
 * @property {<Result>(answer: () => Result, arrivedMs: number) => Result} inScope answers a request
 *   that came then, of `performance.now()`
 * @property {(request: import('node:http').IncomingMessage,
 *   response: import('node:http').ServerResponse) => boolean} shield
 *   answers by itself what would fail while the database is away; whether it did
 * @property {() => void} stop ends open streams, and makes it unready
 * @property {() => Promise<void>} close writes what is pending and closes the database
 */

/** @typedef {import('../server/entrance.ts').Refusing} Refusing */

/** @returns {Application | undefined} */
export const application = () => /** @type {{ __portico?: Application }} */ (globalThis).__portico

/** Milliseconds to write what is pending and to close the database. */
const closingMs = 3000

/** A terminal signals all its processes, and npm passes on what it got: one, that comes twice. */
const echoMs = 300

/**
 * The requests that are being answered. While the process stops, no connection is kept for another.
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
 * Waits until none of these requests is open any more.
 *
 * @param {Iterable<import('node:http').ServerResponse>} requests
 */
const ended = (requests) =>
  Promise.all(
    [...requests].map((response) => new Promise((resolve) => response.once('close', resolve))),
  )

/**
 * Lets requests end: those that were open at the signal first, while new ones are still taken, since
 * whatever sends them hears of the end only by and by; then those that came meanwhile.
 *
 * @param {import('node:http').Server} server
 * @param {readonly import('node:net').Server[]} sockets its sockets
 * @param {Set<import('node:http').ServerResponse>} open
 * @param {number} ms at most
 */
async function drain(server, sockets, open, ms) {
  const late = sleep(ms)
  await Promise.race([ended(open), late])
  const closed = Promise.all(sockets.map((door) => new Promise((resolve) => door.close(resolve))))
  // A connection that was busy when the server closed stays open for its next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  await Promise.race([closed, late])
  clearInterval(sweep)
  server.closeAllConnections()
}

/**
 * Ends the process when it is asked to: it is unready at once, and streams end, since they never
 * would by themselves; then requests, then the database. A second signal ends it there and then.
 *
 * @param {import('node:http').Server} server
 * @param {AbortController} stopping aborted at the signal
 * @param {readonly import('node:net').Server[]} sockets the sockets it listens on, by then
 */
export function stopOnSignal(server, stopping, sockets) {
  const open = openRequests(server, stopping.signal)
  let askedAt = 0
  const stop = async () => {
    askedAt = Date.now()
    stopping.abort()
    const app = application()
    // what waits for an application that is still starting waits in vain
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
  // whoever started this process with a channel to it is gone
  process.on('disconnect', () => {
    if (!stopping.signal.aborted) void begin()
  })
}
