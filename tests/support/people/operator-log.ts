import { setTimeout as sleep } from 'node:timers/promises'
import type { EventRow } from '@/lib/admin/views'
import { type Reason, reasonWords } from '@/lib/reasons'
import { reasonFrom } from '@/lib/stored-reasons'
import type { Operator } from './operator'

/** A downloaded list of the dashboard. */
export async function download(
  operator: Operator,
  list: 'log' | 'tokens' | 'clients' | 'connections' | 'sessions',
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  const search = new URLSearchParams({ ...query, format: 'ndjson' })
  const response = await operator.open(`/admin/${list}/export?${search}`)
  if (!response.ok) throw new Error(`no ${list}: HTTP ${response.status}`)
  return response.text()
}

/** The log by time; `q` searches, the other members filter. */
export async function readLog(
  operator: Operator,
  query: Readonly<Record<string, string>> = {},
): Promise<EventRow[]> {
  const text = await download(operator, 'log', query)
  const rows = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as EventRow] : []))
  return rows.sort((a, b) => a.at.localeCompare(b.at) || Number(a.id) - Number(b.id))
}

/** The reason of a refusal or error in a log row, and its text for users. */
export const reasonOf = (row: EventRow | undefined): Reason | null => reasonFrom(row?.detail.reason)
export function reasonWordsOf(row: EventRow | undefined): string {
  const reason = reasonOf(row)
  return reason ? reasonWords(reason) : 'no reason was recorded'
}

const polling = { times: 50, ms: 100 }

/**
 * Reads the log until it shows the expected rows.
 *
 * @throws {Error} with the actual rows, on timeout
 */
export async function untilLogged(
  operator: Operator,
  query: Readonly<Record<string, string>>,
  isDone: (rows: readonly EventRow[]) => boolean,
): Promise<EventRow[]> {
  for (let time = 0; ; time += 1) {
    const rows = await readLog(operator, query)
    if (isDone(rows)) return rows
    if (time === polling.times) {
      throw new Error(`not logged; found only: ${rows.map(({ name }) => name).join(', ')}`)
    }
    await sleep(polling.ms)
  }
}
