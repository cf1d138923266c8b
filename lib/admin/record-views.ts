import type { EventName } from '@/lib/events/catalogue'
import type { Surface, Verdict } from '@/lib/handshake/handshake'
import type { Outcome } from '@/lib/vocabulary'
import type { ClientRow } from './clients/clients'
import type { RefreshNote } from './connections/health'
import type { ConnectionRow } from './connections/rows'
import type { TokenRow } from './tokens/tokens'
import type { SessionRow } from './views'

/** Data of the pages of one connection, client or token. */

/** One entry in a connection's history. */
export type HistoryRow = {
  readonly id: string
  readonly at: Date
  readonly name: EventName
  readonly detail: Readonly<Record<string, unknown>>
  readonly outcome: Outcome
  /** who did it in the dashboard, as words after "by"; `null` if software did */
  readonly by: string | null
  /** the person's address */
  readonly address: string | null
}

/** Tool calls of one day (UTC). */
export type DayRow = { readonly day: Date; readonly calls: number }

/** An attempt that created a connection or used it. */
export type ConnectionHandshakeRow = {
  readonly id: string
  readonly startedAt: Date
  readonly surface: Surface
  readonly verdict: Verdict
}

/** Everything about one connection except its history, which is paged. */
export type ConnectionPage = {
  readonly connection: ConnectionRow
  readonly resource: string
  readonly redirectUri: string | null
  readonly days: readonly DayRow[]
  readonly note: RefreshNote | null
  readonly tokens: readonly TokenRow[]
  readonly sessions: readonly SessionRow[]
  readonly handshakes: readonly ConnectionHandshakeRow[]
}

/** A changed member of a client's metadata; `null` where it is absent. */
export type MetadataChange = {
  readonly member: string
  readonly before: string | null
  readonly after: string | null
}

/** A version of a client's metadata. */
export type ClientVersionRow = {
  readonly id: string
  readonly cause: 'made' | 'document' | 'secret'
  readonly seenAt: Date
  /** from the previous version */
  readonly changes: readonly MetadataChange[]
}

/** What deleting a client ends. */
export type Consequences = {
  /** connections that are not revoked yet */
  readonly connections: number
  readonly people: number
  /** tokens that could still be used */
  readonly tokens: number
}

/** Everything about one client. */
export type ClientPage = {
  readonly client: ClientRow
  /** as registered, pretty-printed JSON */
  readonly metadata: string
  readonly versions: readonly ClientVersionRow[]
  readonly connections: readonly ConnectionRow[]
  /** people who asked not to be asked again */
  readonly consents: number
  /** registrations of the same app, this one among them */
  readonly alike: number
  readonly kin: string | null
  /** when its document is fetched again */
  readonly freshUntil: Date | null
}

/** A refresh token and the access tokens that were issued with it. */
export type GenerationRow = {
  readonly refresh: TokenRow
  readonly access: readonly TokenRow[]
}

/** One token with its predecessors and successors. */
export type TokenPage = {
  readonly token: TokenRow
  /** newest first */
  readonly generations: readonly GenerationRow[]
  /** whether there are more generations than shown */
  readonly isCut: boolean
}
