import 'server-only'
import type { ServerResponse } from 'node:http'
import { NoSlotError, Slots } from '@/lib/http/slots'
import { processWide } from '@/lib/process-wide'

/** Pages that are made at once, and that may wait for it: each holds some hundred kilobytes meanwhile. */
const most = { atOnce: 24, waiting: 400 }
/** What takes longer holds nobody up: a page that asks somebody else, or whose reader is slow. */
const longestMs = 10_000

const pages = processWide('page-turns', () => new Slots(most.atOnce, most.waiting))

/** Gives a place back when the headers of a page are sent, when it is given up, or when it takes too long. */
function keepUntilSent(response: ServerResponse, free: () => void): void {
  const late = setTimeout(free, longestMs).unref()
  const release = () => {
    clearTimeout(late)
    free()
  }
  const writeHead = response.writeHead.bind(response)
  response.writeHead = ((...given: Parameters<typeof writeHead>) => {
    release()
    return writeHead(...given)
  }) as typeof writeHead
  response.once('close', release)
}

/**
 * Waits until a page may be made.
 *
 * @returns whether it may; too many wait already; or nobody waits for it any more
 */
export async function pageTurn(response: ServerResponse): Promise<'now' | 'full' | 'gone'> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  response.once('close', leave)
  try {
    keepUntilSent(response, await pages.take(gone.signal))
    return 'now'
  } catch (error) {
    if (!(error instanceof NoSlotError)) throw error
    return gone.signal.aborted ? 'gone' : 'full'
  } finally {
    response.off('close', leave)
  }
}
