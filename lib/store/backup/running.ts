import 'server-only'
import type { Session } from './session'

/** An instance that uses a database, and when it was last seen. */
export type Running = { readonly host: string; readonly seconds: number }

/** The instances that use a database at present, as recorded in it. */
export async function runningOn(session: Session): Promise<Running[]> {
  const { rows } = await session.query<{ there: boolean }>(
    `select to_regclass('"Instance"') is not null as there`,
  )
  if (!rows[0]?.there) return []
  const found = await session.query<Running>(
    `select host, extract(epoch from now() - "seenAt")::int as seconds from "Instance"
     where "seenAt" > now() - interval '3 minutes' order by host`,
  )
  return found.rows
}
