import 'server-only'
import type { AuditFacts } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { afterCommit, prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Client as ClientRow } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import { type Client, type NewClient, toData } from './clients'
import { forgetClients, reloadClientsWith } from './known'
import { keepDocumentWith, keepVersionWith } from './versions'

/**
 * Registers a client unless the same registration was made since `since`: hosted Claude sends its
 * registration twice, a second or two apart.
 *
 * @returns the registered client, and whether this call created it
 */
export const registerOnce = (
  client: NewClient & { readonly registrationHash: string },
  since: Date,
  events: readonly NewEvent[],
): Promise<{ readonly client: Client; readonly created: boolean }> =>
  transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext(${client.registrationHash}))`
    const same = await connection.client.findFirst({
      where: {
        registrationHash: client.registrationHash,
        createdAt: { gte: since },
        disabledAt: null,
      },
      orderBy: { createdAt: 'desc' },
    })
    if (same) return { client: same as Client, created: false }
    const made = await connection.client.create({ data: toData(client) })
    await insertEventsWith(connection, events)
    return { client: made as Client, created: true }
  })

/** The fields that a fetched document changes. */
type DocumentFields = Pick<
  NewClient,
  'name' | 'redirectUris' | 'authMethod' | 'grantTypes' | 'metadata'
> & { readonly documentHash: string; readonly documentFreshUntil: Date }

/**
 * Stores what the client's document says now. If it has changed, remembered consents and the operator's
 * approval are forgotten: they applied to what it said before.
 *
 * @param source who first made this server fetch it
 */
export const storeDocument = (
  id: string,
  fields: DocumentFields,
  changed: boolean,
  source: string,
  events: readonly NewEvent[],
): Promise<Client> =>
  transaction(async (connection) => {
    const data = toData(fields)
    // an operator approved what it said before
    const approval = changed ? { approvedAt: null, approvedById: null } : {}
    // before locking the client: a request that relies on a consent locks the consent first
    if (changed) await connection.consent.deleteMany({ where: { clientId: id } })
    const row = await connection.client.upsert({
      where: { id },
      create: { id, kind: 'metadata_document', secretHash: null, source, ...data },
      update: { ...data, ...approval },
    })
    await keepDocumentWith(connection, id, new Date())
    // one that did not change is news for no other instance: it would read all clients and tokens again
    if (changed) await reloadClientsWith(connection)
    else afterCommit(connection, forgetClients)
    await insertEventsWith(connection, events)
    return row as Client
  })

/** Extends the stored document's validity, because it cannot be fetched now. */
export async function keepDocument(id: string, until: Date): Promise<void> {
  await (await prisma()).client.updateMany({ where: { id }, data: { documentFreshUntil: until } })
}

/** Stores a client that an admin created. */
export const createRegisteredClient = (
  client: NewClient,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<void> =>
  transaction(async (connection) => {
    const { id, name, authMethod, redirectUris, grantTypes } = client
    const approval = { approvedAt: new Date(), approvedById: client.createdById ?? null }
    await connection.client.create({ data: { ...toData(client), ...approval } })
    await keepVersionWith(connection, id, 'made', new Date())
    const after = { authMethod, redirectUris, grantTypes }
    await auditWith(connection, actor, 'client.created', id, events, { name, after })
  })

type ClientChange = 'client.disabled' | 'client.enabled' | 'client.secret-rotated'

/** What the audit trail says of a change; of a secret only how often it was replaced. */
const changeable = (
  { disabledAt, secretVersion }: Pick<ClientRow, 'disabledAt' | 'secretVersion'>,
  action: ClientChange,
): AuditFacts =>
  action === 'client.secret-rotated'
    ? { secretsReplaced: secretVersion }
    : { state: disabledAt ? 'disabled' : 'enabled' }

/** Changes a client; every instance reloads its tokens. @returns whether it exists */
export const changeClient = (
  id: string,
  change: { disabledAt?: Date | null; secretHash?: string; secretVersion?: number },
  action: ClientChange,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  transaction(async (connection) => {
    const before = await connection.client.findUnique({ where: { id } })
    const { count } = await connection.client.updateMany({ where: { id }, data: change })
    if (!before || count === 0) return false
    if (change.secretHash) await keepVersionWith(connection, id, 'secret', new Date())
    const after = { ...before, ...change }
    await auditWith(connection, actor, action, id, events, {
      name: before.name,
      before: changeable(before, action),
      after: changeable(after, action),
    })
    await reloadClientsWith(connection)
    return true
  })

/** Deletes a client with everything it was granted. @returns whether it existed */
export const deleteClient = (
  id: string,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  transaction(async (connection) => {
    const before = await connection.client.findUnique({
      where: { id },
      include: { _count: { select: { grants: { where: { status: 'active' } }, consents: true } } },
    })
    const { count } = await connection.client.deleteMany({ where: { id } })
    if (!before || count === 0) return false
    const { name, kind, redirectUris, _count } = before
    await auditWith(connection, actor, 'client.deleted', id, events, {
      name,
      before: { kind, redirectUris, activeConnections: _count.grants },
      facts: { consentsForgotten: _count.consents },
    })
    await reloadClientsWith(connection)
    return true
  })
