import 'server-only'
import type { ServerResponse } from 'node:http'
import { NoSlotError, Slots } from '@/lib/http/slots'
import { processWide } from '@/lib/process-wide'

/** Pages rendered at once, and waiting: each holds a few hundred kilobytes. */
const most = { atOnce: 24, waiting: 400 }
/** A page that takes longer loses its slot: it waits for another server, or its reader is slow. */
const longestMs = 10_000

const pages = processWide('page-turns', () => new Slots(most.atOnce, most.waiting))

/** Frees the slot when a page's headers are sent, the connection closes, or it takes too long. */
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
 * Waits for a slot to render a page.
 *
 * @returns `full` if too many wait already, `gone` if the client has disconnected
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
