import 'server-only'
import { type Connection, prisma } from '@/lib/store/database/database'
import type { ClientVersion as Row } from '@/lib/store/generated/client'

/** What a client said of itself at one time. */
export type ClientVersion = Readonly<Omit<Row, 'metadata'>> & {
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Stores the client's present description, inside the transaction that changed it. */
export async function keepVersionWith(
  connection: Connection,
  clientId: string,
  cause: 'made' | 'secret',
  at: Date,
): Promise<void> {
  await connection.$executeRaw`
    insert into "ClientVersion" ("clientId", cause, hash, metadata, "seenAt")
    select id, ${cause}::"ClientVersionCause", encode(sha256(convert_to(metadata::text, 'UTF8')), 'hex'),
      metadata, ${at}
    from "Client" where id = ${clientId}`
}

/** A document's owner may change it before every fetch. */
const maxVersions = { used: 50, unused: 5 } as const

/** Stores the document's description when it differs from the last stored one; only the newest few are kept. */
export async function keepDocumentWith(
  connection: Connection,
  clientId: string,
  at: Date,
): Promise<void> {
  await connection.$executeRaw`
    with now as (
      select id, metadata, encode(sha256(convert_to(metadata::text, 'UTF8')), 'hex') as hash
      from "Client" where id = ${clientId}),
    last as (
      select hash from "ClientVersion" where "clientId" = ${clientId} order by id desc limit 1)
    insert into "ClientVersion" ("clientId", cause, hash, metadata, "seenAt")
    select id, (case when exists (select from last) then 'document' else 'made' end)::"ClientVersionCause",
      hash, metadata, ${at}
    from now where hash is distinct from (select hash from last)`
  await connection.$executeRaw`
    delete from "ClientVersion" where id in (
      select v.id from "ClientVersion" v where v."clientId" = ${clientId}
      order by v.id desc offset (
        select case when c."lastUsedAt" is null then ${maxVersions.unused}::int else ${maxVersions.used}::int end
        from "Client" c where c.id = ${clientId}))`
}

/** The newest versions of a client, newest first. */
export async function versionsOf(clientId: string, limit: number): Promise<ClientVersion[]> {
  const rows = await (await prisma()).clientVersion.findMany({
    where: { clientId },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows as ClientVersion[]
}
