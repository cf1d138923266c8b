import type { EventRow } from '@/lib/admin/views'
import type { Operator } from './operator'

/** One event of the live log, and where to go on after it. */
export type StreamedRow = { readonly id: string; readonly row: EventRow }

/** The live log as a browser's EventSource reads it. */
export type LiveLog = {
  readonly response: Response
  /** everything that came so far */
  readonly rows: StreamedRow[]
  /** waits until something came for which the condition holds */
  until(isThere: (rows: readonly StreamedRow[]) => boolean): Promise<void>
  /** resolves when it is over: whether it came to its end, and was not broken off */
  readonly ended: Promise<boolean>
  close(): Promise<void>
}

const patienceMs = 10_000

/** Rows in the events that are complete, and what is left. */
function parse(text: string): { rows: StreamedRow[]; rest: string } {
  const events = text.split('\n\n')
  const rest = events.pop() ?? ''
  const rows = events.flatMap((event) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(event)?.[1]
    const data = field('data')
    return field('event') === 'log' && data
      ? [{ id: field('id') ?? '', row: JSON.parse(data) as EventRow }]
      : []
  })
  return { rows, rest }
}

/**
 * Opens the live log.
 *
 * @param lastEventId of an earlier stream, to lose nothing between the two
 */
export async function openLiveLog(
  browser: Operator,
  query: Readonly<Record<string, string>> = {},
  lastEventId?: string,
): Promise<LiveLog> {
  const leaving = new AbortController()
  const rows: StreamedRow[] = []
  let changed = () => {}
  const response = await browser.open(`/admin/log/stream?${new URLSearchParams(query)}`, {
    headers: { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: leaving.signal,
  })
  const ended = (async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parsed = parse(rest + decoder.decode(chunk, { stream: true }))
      rest = parsed.rest
      rows.push(...parsed.rows)
      changed()
    }
    return true
  })().catch(() => false)
  return {
    response,
    rows,
    until: (isThere) =>
      new Promise((resolve, reject) => {
        const complain = () => {
          const names = rows.map(({ row }) => row.name).join(', ')
          reject(new Error(`the live log did not show it; there is only: ${names}`))
        }
        const late = setTimeout(complain, patienceMs)
        changed = () => {
          if (!isThere(rows)) return
          clearTimeout(late)
          resolve()
        }
        changed()
      }),
    ended,
    close: async () => {
      leaving.abort()
      await ended
    },
  }
}
