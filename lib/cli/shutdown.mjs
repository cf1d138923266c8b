import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './log.mjs'

/**
 * What the application leaves on `globalThis`, once it is started, for the process that hosts it.
 *
 * @typedef {object} Application
 * @property {() => void} [ready] told once the server answers
 * @property {(method: string, path: string) => ((request: Request) => Promise<Response>) | null} endpointAt
 *   what answers a request without Next
 * @property {() => void} stop ends open streams
 * @property {() => Promise<void>} close writes what is pending and closes the database
 */

/** @returns {Application | undefined} */
export const application = () => /** @type {{ __portico?: Application }} */ (globalThis).__portico

/** Milliseconds from the signal: what open requests get, and when the process ends in any case. */
const patience = { requests: 1000, all: 1900 }

/**
 * Ends the process when it is asked to: open streams first, since they would never end by
 * themselves, then requests, then the database. A second signal changes nothing.
 *
 * @param {import('node:http').Server} server
 * @param {AbortController} stopping aborted at the signal
 */
export function stopOnSignal(server, stopping) {
  const stop = async () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    setTimeout(() => {
      say('error', 'could not stop in time: ended anyway')
      process.exit(1)
    }, patience.all)
    application()?.stop()
    const closed = new Promise((resolve) => server.close(resolve))
    // A connection that was busy when the server closed stays open for its next request.
    const sweep = setInterval(() => server.closeIdleConnections(), 20)
    await Promise.race([closed, sleep(patience.requests)])
    clearInterval(sweep)
    server.closeAllConnections()
    await application()?.close()
    process.exit(0)
  }
  // `disconnect`: whoever started this process with a channel to it is gone.
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) {
    process.on(event, () => {
      stop().catch((error) => {
        say('error', 'could not stop cleanly:', { error })
        process.exit(1)
      })
    })
  }
}
