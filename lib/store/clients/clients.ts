import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { Client as ClientRow, Prisma } from '@/lib/store/generated/client'
import { isStorable } from '@/lib/store/text'

/** An OAuth client (RFC 6749 §2). `secretHash` is the SHA-256 of its secret. */
export type Client = Readonly<Omit<ClientRow, 'metadata'>> & {
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What is stored of a new client. */
export type NewClient = Pick<
  Client,
  'id' | 'kind' | 'name' | 'redirectUris' | 'authMethod' | 'secretHash' | 'grantTypes' | 'metadata'
> &
  Partial<
    Pick<
      Client,
      | 'registrationHash'
      | 'kinHash'
      | 'source'
      | 'documentHash'
      | 'documentFreshUntil'
      | 'createdById'
    >
  >

/** A new client as it is written. */
export const toData = <Given extends Pick<NewClient, 'metadata'>>(client: Given) => ({
  ...client,
  metadata: client.metadata as Prisma.InputJsonObject,
})

/** The client, or `null`; a disabled one is returned too, so that the caller can say why. */
export async function findClient(id: string): Promise<Client | null> {
  if (!isStorable(id)) return null
  return (await prisma()).client.findUnique({ where: { id } }) as Promise<Client | null>
}

/** Takes the id of a client assertion (RFC 7523 §3). @returns `false` when it was taken before */
export async function takeAssertion(idHash: string, expiresAt: Date): Promise<boolean> {
  const { count } = await (await prisma()).clientAssertion.createMany({
    data: [{ idHash, expiresAt }],
    skipDuplicates: true,
  })
  return count === 1
}

/**
 * Whether a person has approved a client and not withdrawn it: a connection, a remembered consent, or an
 * approval that waits for an operator.
 */
export async function hasUsedClient(userId: string, clientId: string): Promise<boolean> {
  const { grant, consent, interaction } = await prisma()
  const where = { userId, clientId }
  const select = { id: true }
  const held = { heldById: userId, clientId, decidedAt: null }
  const found =
    (await grant.findFirst({ where: { ...where, status: { not: 'revoked' } }, select })) ??
    (await consent.findFirst({ where, select })) ??
    (await interaction.findFirst({ where: held, select }))
  return found !== null
}

/** How many clients there are. */
export const countClients = async (): Promise<number> => (await prisma()).client.count()

/** Names of clients by id; unknown ids are left out. */
export async function clientNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await (await prisma()).client.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
