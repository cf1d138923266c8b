import 'server-only'
import { listConnections } from '@/lib/admin/connections/connections'
import { addressOf } from '@/lib/admin/paging'
import { query } from '@/lib/auth/declared'
import { sentText } from '@/lib/http/sent'
import { findClient } from '@/lib/store/clients/clients'
import { consequencesOf, countConsents, countKin } from '@/lib/store/clients/consequences'
import { type ClientVersion, versionsOf } from '@/lib/store/clients/versions'
import { currentSettings } from '@/lib/store/settings/current'
import { toClientRow } from './clients'

const path = '/admin/clients'
const shown = { connections: 6, versions: 50 }

type Metadata = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string | null => {
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** The differences between two versions of a client's metadata, by member; `null` where it is absent. */
function metadataChanges(before: Metadata, after: Metadata) {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return members.flatMap((member) => {
    const [was, is] = [textOf(before[member]), textOf(after[member])]
    return was === is ? [] : [{ member, before: was, after: is }]
  })
}

/** Versions with their changes; the oldest stored one has no predecessor to compare with. */
const withChanges = (versions: readonly ClientVersion[]) =>
  versions.slice(0, shown.versions).map(({ id, cause, seenAt, metadata }, index) => {
    const before = versions[index + 1]?.metadata
    const changes = before ? metadataChanges(before, metadata) : []
    return { id: String(id), cause, seenAt, changes }
  })

/** What deleting a client would end now: connections not revoked yet, and tokens that could be used. */
async function consequencesNow(id: string) {
  const now = new Date()
  return consequencesOf(
    id,
    now,
    new Date(now.getTime() - currentSettings().lifetimes.accessToken * 1000),
  )
}

/** One client and what belongs to it, or `null`. */
export const readClient = query(
  { role: 'viewer', path: (id: string) => addressOf(`${path}/client`)({ id }) },
  async (person, id) => {
    const client = await findClient(id)
    if (!client) return null
    const [versions, connections, consents, alike, { connections: activeGrants }] =
      await Promise.all([
        versionsOf(id, shown.versions + 1),
        listConnections.rows(person, { client: id }),
        countConsents(id),
        client.kinHash ? countKin(client.kinHash) : 1,
        consequencesNow(id),
      ])
    return {
      client: toClientRow({ ...client, clients: 1, activeGrants }),
      /** as registered */
      metadata: JSON.stringify(client.metadata, null, 2),
      versions: withChanges(versions),
      connections: connections.rows.slice(0, shown.connections),
      /** people who asked not to be asked again */
      consents,
      /** registrations of the same app, this one among them */
      alike,
      kin: client.kinHash,
      /** when its document is fetched again */
      freshUntil: client.documentFreshUntil,
    }
  },
)

/** Everything about one client. */
export type ClientPage = NonNullable<Awaited<ReturnType<typeof readClient>>>

/** What deleting a client would end now, for the confirmation dialog. */
export const countConsequences = query(
  { role: 'admin', path, takes: [sentText] },
  async (_, id: string) => consequencesNow(id),
)
