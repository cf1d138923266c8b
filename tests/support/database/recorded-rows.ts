import { eventFields } from '@/lib/events/fields'
import type { Recorded } from '../handshakes/recorded-attempt'

const columns = ['at', ...Object.keys(eventFields)].map((name) => `"${name}"`).join(', ')

/** Inserts recorded events into the log, in this order. */
export function insertRecorded(events: readonly Recorded[]): string {
  const rows = events.map((event) => ({ ...event, at: new Date(event.at).toISOString() }))
  const json = JSON.stringify(rows).replaceAll("'", "''")
  return `insert into "Event" (${columns})
    select ${columns} from jsonb_array_elements('${json}'::jsonb) with ordinality as e (row, place),
      jsonb_populate_record(null::"Event", e.row) order by e.place`
}
