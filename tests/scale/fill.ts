import pg from 'pg'
import { cursorText } from '@/lib/store/handshakes/cursor'
import { mixture } from './mixture'
import { statements } from './rows'

const tables = ['Event', 'Handshake', 'HandshakeEvent']

/** Indexes are made once the rows are there. @returns what makes them */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where tablename = any($1)
      and indexname not in (select conname from pg_constraint)`,
    [tables],
  )
  for (const { indexname } of rows) await client.query(`drop index "${indexname}"`)
  return rows.map(({ indexdef }) => indexdef)
}

/** A joiner that starts has nothing left to join. */
async function moveCursor(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string; at: Date }>(
    'select id, at from "Event" order by at desc, id desc limit 1',
  )
  const newest = rows[0]
  if (!newest) throw new Error('no event was made')
  const joined = { at: newest.at.getTime(), id: BigInt(newest.id) }
  const { rows: highest } = await client.query('select max(id) as seen from "Event"')
  const seen = BigInt(highest[0].seen)
  await client.query(
    `insert into "Setting" (key, value, "updatedAt") values ('handshakes.cursor', $1, now())
      on conflict (key) do update set value = excluded.value`,
    [JSON.stringify(cursorText({ seen, missing: new Map(), joined }))],
  )
  await client.query(`select setval(pg_get_serial_sequence('"Event"', 'id'), $1)`, [String(seen)])
}

/** The same for who counts by the hour. */
async function countHours(client: pg.Client): Promise<void> {
  await client.query(
    `insert into "EventHour" (hour, name, outcome, bucket, count)
      select date_trunc('hour', at, 'UTC'), name, outcome,
        case when name = 'mcp.called' then 1 + coalesce("durationMs", 0) % 40 else 0 end, count(*)
      from "Event" group by 1, 2, 3, 4`,
  )
  await client.query(
    `insert into "Setting" (key, value, "updatedAt")
      select 'event-hours.cursor', to_jsonb(max(id)::text), now() from "Event"
      on conflict (key) do update set value = excluded.value`,
  )
}

/** Fills a database, whose schema is there, with a million events, by SQL alone. */
export async function fill(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  // neither foreign keys are checked nor listeners told
  await client.query('set session_replication_role = replica')
  await client.query(`set maintenance_work_mem = '256MB'`)
  await client.query('truncate "Event", "Handshake", "HandshakeEvent", "EventHour"')
  const indexes = await dropIndexes(client)
  await client.query(
    `create temp table given as
      select place, kind.* from jsonb_array_elements($1::jsonb) with ordinality as each (k, place),
        jsonb_to_record(k) as kind (share int, surface text, identification text, era text,
          verdict text, stage text, unused boolean, events jsonb)`,
    [JSON.stringify(mixture())],
  )
  for (const [name, sql] of Object.entries(statements)) {
    const since = performance.now()
    await client.query(sql)
    console.log(`${name}: ${Math.round((performance.now() - since) / 1000)} s`)
  }
  await moveCursor(client)
  await countHours(client)
  for (const index of indexes) await client.query(index)
  await client.query('vacuum analyze')
  await client.end()
}
