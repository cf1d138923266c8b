import 'server-only'
import { lanes } from '@/lib/handshake/lane'
import { prisma } from '@/lib/store/database/database'
import { parseCursor, readCursorText } from './cursor'

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
