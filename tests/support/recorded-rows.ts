import type { Recorded } from './recorded-attempt'

const columns = [
  ...['at', 'name', 'outcome', 'requestId', 'method', 'path', 'status', 'durationMs', 'address'],
  ...['network', 'userAgent', 'agent', 'clientId', 'interactionId', 'grantId', 'userId', 'detail'],
]
  .map((name) => `"${name}"`)
  .join(', ')

/** The statement that writes recorded events to the log, in this order. */
export function insertRecorded(events: readonly Recorded[]): string {
  const rows = events.map((event) => ({ ...event, at: new Date(event.at).toISOString() }))
  const json = JSON.stringify(rows).replaceAll("'", "''")
  return `insert into "Event" (${columns})
    select ${columns} from jsonb_array_elements('${json}'::jsonb) with ordinality as e (row, place),
      jsonb_populate_record(null::"Event", e.row) order by e.place`
}
