import 'server-only'
import { transaction } from '@/lib/store/database/database'
import type { EventMark } from './events'
import { countsOfEvents, lockEventHours } from './hours'

/** The state of a fold: how many requests it stands for, and when the last of them came. */
type FoldState = EventMark & { readonly count: number; readonly lastAt: Date }

/** Identifies a fold across instances. */
export const foldId = ({ requestId, name }: Pick<EventMark, 'requestId' | 'name'>): string =>
  `${requestId} ${name}`

/** A stored fold, and by how much its count grew. */
type FoldWritten = { readonly id: string; readonly added: number }

/**
 * Writes the counts of folds, and adds the increase to the hourly counts where they were already counted. A
 * count never falls, so that writing it twice does no harm.
 *
 * @returns those of them that are in the log
 */
export function writeFolds(folds: readonly FoldState[]): Promise<FoldWritten[]> {
  const rows = folds.map(({ at, requestId, name, count, lastAt }) => ({
    ...{ requestId, name, count },
    ms: at.getTime(),
    lastMs: lastAt.getTime(),
  }))
  return transaction(async (connection) => {
    await lockEventHours(connection)
    return connection.$queryRaw<FoldWritten[]>`
      with given as (
        select to_timestamp(ms / 1000.0)::timestamptz(3) as at, name, "requestId", count,
          to_timestamp("lastMs" / 1000.0)::timestamptz(3) as "lastAt"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as g (ms bigint, name text, "requestId" text, count int, "lastMs" bigint)
      ), before as (
        select e.id, e.count as was, g.count, g."lastAt" from given g
        join "Event" e on e.at = g.at and e.name = g.name and e."requestId" = g."requestId"
      ), changed as (
        update "Event" e set count = b.count, "lastAt" = b."lastAt" from before b
        where e.id = b.id and e.count < b.count
        returning e.id, e.at, e.name, e.outcome, e.agent, e."requestId", e."durationMs",
          b.count - b.was as added
      ), counted as (${countsOfEvents})
      select e."requestId" || ' ' || e.name as id, b.count - b.was as added
      from before b join "Event" e on e.id = b.id`
  })
}
