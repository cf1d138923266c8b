import 'server-only'
import { Prisma } from '@/lib/store/generated/client'

/**
 * What a client `c` is that may be deleted: it came by itself, was never approved by anybody, and nobody
 * decides about it now. One that an admin disabled stays, or it would come back enabled.
 */
export const isSpare = Prisma.sql`
  c.kind <> 'registered' and c."lastUsedAt" is null and c."approvedAt" is null
    and c."disabledAt" is null
    and not exists (select 1 from "Grant" g where g."clientId" = c.id)
    and not exists (select 1 from "Interaction" i where i."clientId" = c.id and i."expiresAt" > now())`
