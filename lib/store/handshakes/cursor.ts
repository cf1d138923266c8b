import 'server-only'
import { lanes } from '@/lib/handshake/lane'
import { type Connection, prisma } from '@/lib/store/database/database'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'
import { type LogPosition, sight } from './events'

/**
 * How far the log was joined. Events are joined in the order of time, but become visible in another: an id
 * is assigned when a row is inserted, and becomes visible when its transaction commits. So missing ids are
 * remembered and queried again until they appear or are too old to come.
 */
export type Cursor = {
  /** the highest id seen */
  readonly seen: bigint
  /** lower ids that are missing, and since when */
  readonly missing: ReadonlyMap<bigint, number>
  /** the last joined event */
  readonly joined: LogPosition
}

const key = 'handshakes.cursor'
/** Raised when the rules of joining change, so that a new release joins the log again. */
const version = 1

/** Before the first event. */
export const beginning: Cursor = { seen: 0n, missing: new Map(), joined: { at: 0, id: 0n } }

/** A transaction ends within 15 s; an id missing for longer was rolled back. */
const missingForMs = 20_000
/** A larger jump is a sequence that was reset or restored, not a running transaction. */
const longestJump = 2000n

/** The cursor as text, to be stored and compared. */
export const cursorText = ({ seen, missing, joined }: Cursor): string =>
  JSON.stringify({
    version,
    seen: String(seen),
    missing: [...missing].map(([id, since]) => [String(id), since]),
    joined: [joined.at, String(joined.id)],
  })

type Stored = {
  version: number
  seen: string
  missing: [string, number][]
  joined: [number, string]
}

/** @returns `null` when nothing was joined by the present rules */
export function parseCursor(text: string | null): Cursor | null {
  if (text === null) return null
  const stored = JSON.parse(text) as Stored
  if (stored.version !== version) return null
  return {
    seen: BigInt(stored.seen),
    missing: new Map(stored.missing.map(([id, since]) => [BigInt(id), since])),
    joined: { at: stored.joined[0], id: BigInt(stored.joined[1]) },
  }
}

/** The stored text, or `null`. */
export const readCursorText = (connection: Connection): Promise<string | null> =>
  readSetting(key, connection)

/** Stores the cursor. */
export const writeCursor = (connection: Connection, cursor: Cursor): Promise<void> =>
  writeSetting(key, cursorText(cursor), connection)

/** Whether anything was written or is due since the last turn; cheap, for an idle server. */
export async function hasWork(now: number, holdMs: number): Promise<boolean> {
  const connection = await prisma()
  const cursor = parseCursor(await readCursorText(connection))
  if (!cursor) return true
  const { seen, missing, joined } = cursor
  const [row] = await connection.$queryRaw<[{ work: boolean }]>`
    select exists (select from "Event" where id > ${seen})
      or exists (select from "Event" where id = any(${[...missing.keys()]}::bigint[]))
      or exists (select from "Event"
        where (at, id) > (${new Date(joined.at)}, ${joined.id}) and at <= ${new Date(now - holdMs)})
      or exists (select from unnest(${[...lanes]}::text[]) as its(lane) where exists (
        select from "Handshake" h where h.lane = its.lane
          and h."lookAgainAt" <= ${new Date(now)})) as work`
  return row.work
}

/** The result of a look into the log. */
export type Look = {
  /** the cursor, moved past what was seen; none of it is joined yet */
  readonly cursor: Cursor
  /** events that appeared after later ones had been joined */
  readonly late: readonly LogPosition[]
  /** whether there is more to see */
  readonly more: boolean
  /** time of the latest newly seen event; `null` for none */
  readonly newestAt: number | null
  /** time of the latest event of all */
  readonly latestAt: number | null
}

/** Finds newly visible events. @param now milliseconds since the epoch */
export async function look(
  connection: Connection,
  { seen, missing, joined }: Cursor,
  limit: number,
  now: number,
): Promise<Look> {
  const sighting = await sight(connection, seen, [...missing.keys()], joined, limit)
  const { count, gaps, found, late, newestAt, latestAt } = sighting
  const last = sighting.last ?? seen
  const still = new Map([...missing].filter(([, since]) => now - since <= missingForMs))
  for (const id of found) still.delete(id)
  const isJump = last - seen > BigInt(count) + longestJump
  for (const [before, behind] of isJump ? [] : gaps) {
    for (let id = before + 1n; id < behind; id += 1n) still.set(id, now)
  }
  return {
    cursor: { seen: last, missing: still, joined },
    late,
    more: count === limit,
    newestAt,
    latestAt,
  }
}
