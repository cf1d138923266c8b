import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import { insertingEvents, type NewEvent } from '@/lib/store/events/events'
import { forgetTokensWith } from '@/lib/store/tokens/state'
import type { Actor } from '@/lib/vocabulary'

/** What revoking every connection affects. */
export type Reach = {
  readonly connections: number
  readonly people: number
  readonly clients: number
  /** remembered consents that would be forgotten */
  readonly consents: number
}

type Ended = { readonly id: string; readonly clientId: string }

/** How long the transaction may take, in milliseconds: there may be ten thousand connections. */
const timeout = 120_000
/** How many events one parameter carries. */
const batch = 1000

async function reachWith(connection: Pick<Connection, '$queryRaw'>): Promise<Reach> {
  const [reach] = await connection.$queryRaw<Reach[]>`
    select count(*)::int as connections, count(distinct "userId")::int as people,
      count(distinct "clientId")::int as clients, (select count(*) from "Consent")::int as consents
    from "Grant" where status in ('active', 'paused')`
  return reach ?? { connections: 0, people: 0, clients: 0, consents: 0 }
}

/** What revoking every connection would affect now. */
export const reachOfAll = async (): Promise<Reach> => reachWith(await prisma())

/** Ends every live grant, and its usable tokens. */
async function endAll(connection: Connection, at: Date): Promise<Ended[]> {
  const ended = await connection.$queryRaw<Ended[]>`
    update "Grant" set status = 'revoked', "revokedAt" = ${at}, "revokedReason" = 'person'
    where status in ('active', 'paused') returning id, "clientId"`
  await connection.$executeRaw`
    update "RefreshToken" set "revokedAt" = ${at} where "revokedAt" is null and "expiresAt" > ${at}`
  await connection.$executeRaw`
    update "AccessToken" set "revokedAt" = ${at} where "revokedAt" is null and "expiresAt" > ${at}`
  return ended
}

/**
 * Revokes every connection and forgets every remembered consent, in one transaction with its events.
 *
 * @param describe describes the whole change, and the change of one grant
 * @returns what it affected; `null` when there was nothing to revoke
 */
export const revokeAllGrants = (
  at: Date,
  actor: Actor,
  describe: {
    readonly all: (reach: Reach) => NewEvent
    readonly one: (grant: Ended) => NewEvent
  },
): Promise<Reach | null> =>
  transaction(async (connection) => {
    // concurrent approvals and consents wait, and are not among those counted
    await connection.$executeRaw`lock table "Consent" in share row exclusive mode`
    const consents = await connection.$executeRaw`delete from "Consent"`
    await connection.$executeRaw`lock table "Grant" in share row exclusive mode`
    const reach = { ...(await reachWith(connection)), consents }
    if (reach.connections === 0 && consents === 0) return null
    const ended = await endAll(connection, at)
    for (let start = 0; start < ended.length; start += batch) {
      // one event announces all of them; there may be thousands of these
      const events = ended.slice(start, start + batch).map(describe.one)
      await connection.$executeRaw(insertingEvents(JSON.stringify(events)))
    }
    await auditWith(connection, actor, 'grants.revoked', 'all', [describe.all(reach)], {
      facts: reach,
    })
    await forgetTokensWith(connection, '')
    return reach
  }, timeout)
