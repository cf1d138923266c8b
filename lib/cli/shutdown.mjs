import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './log.mjs'

/**
 * What the started application puts on `globalThis` for its host process.
 *
 * @typedef {import('../server/startup.ts').Lifecycle} Application
 */

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
