import 'server-only'
import { Prisma } from '@/lib/store/generated/client'

/**
 * The condition for a client `c` that may be deleted: it registered itself, nobody ever approved it, and no
 * decision about it is pending. One that an admin disabled stays, or it would come back enabled.
 */
export const isUnused = Prisma.sql`
  c.kind <> 'registered' and c."lastUsedAt" is null and c."approvedAt" is null
    and c."disabledAt" is null
    and not exists (select 1 from "Grant" g where g."clientId" = c.id)
    and not exists (select 1 from "Interaction" i where i."clientId" = c.id and i."expiresAt" > now())`
