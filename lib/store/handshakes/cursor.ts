import 'server-only'
import type { Connection } from '@/lib/store/database/database'
import { type Moment, sight } from './events'

/**
 * How far the log was joined. Events are joined in the order of time, but become visible in another:
 * an id is handed out when a row is inserted, and shows when its transaction commits. So ids that
 * are missing are remembered and asked for again until they are there or too old to come.
 */
export type Cursor = {
  /** the highest id that was seen */
  readonly seen: bigint
  /** lower ids that were not there yet, and since when they are missed */
  readonly missing: ReadonlyMap<bigint, number>
  /** the last event that was joined */
  readonly joined: Moment
}

const key = 'handshakes.cursor'
/** Raised when the rules of joining change, so that a new release joins the log anew. */
const version = 1

/** Before the first event. */
export const beginning: Cursor = { seen: 0n, missing: new Map(), joined: { at: 0, id: 0n } }

/** A transaction is over within 15 s; what is missing for longer was rolled back. */
const missingForMs = 20_000
/** A jump beyond this is a sequence that was reset or restored, not a running transaction. */
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

/** @returns `null` where nothing was joined by the present rules */
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
export async function readCursorText(connection: Connection): Promise<string | null> {
  const row = await connection.setting.findUnique({ where: { key } })
  return typeof row?.value === 'string' ? row.value : null
}

/** Stores the cursor. */
export async function writeCursor(connection: Connection, cursor: Cursor): Promise<void> {
  const value = cursorText(cursor)
  await connection.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}

/** What a look into the log found. */
export type Look = {
  /** the cursor, moved over what was seen; nothing of it is joined yet */
  readonly cursor: Cursor
  /** events that came after later ones had been joined */
  readonly late: readonly Moment[]
  /** whether there is more to see */
  readonly more: boolean
  /** the latest event that was seen now; `null` for none */
  readonly newestAt: number | null
  /** when the latest event of all happened */
  readonly latestAt: number | null
}

/** Looks which events have become visible. @param now milliseconds since the epoch */
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
