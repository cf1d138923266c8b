import 'server-only'
import { type Connection, prisma } from './database'

/** What a remembered consent is about. */
export type ConsentKey = {
  readonly userId: string
  readonly clientId: string
  readonly resource: string
}

/** A remembered consent, or `null`. */
export async function findConsent(
  key: ConsentKey,
): Promise<{ readonly scope: string; readonly clientHash: string } | null> {
  return (await prisma()).consent.findUnique({
    where: { userId_clientId_resource: key },
    select: { scope: true, clientHash: true },
  })
}

/** Remembers a consent, in the transaction of the approval. */
export async function rememberConsentWith(
  connection: Connection,
  id: string,
  key: ConsentKey,
  scope: string,
  clientHash: string,
): Promise<void> {
  await connection.consent.upsert({
    where: { userId_clientId_resource: key },
    create: { id, ...key, scope, clientHash },
    update: { scope, clientHash, createdAt: new Date() },
  })
}
