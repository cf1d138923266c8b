import type { EventName } from '@/lib/events/catalogue'
import type { Surface, Verdict } from '@/lib/handshake/handshake'
import type { Outcome } from '@/lib/vocabulary'
import type { ClientRow } from './clients/clients'
import type { RefreshNote } from './connections/health'
import type { ConnectionRow } from './connections/rows'
import type { TokenRow } from './tokens/tokens'
import type { SessionRow } from './views'

/** What the pages of one connection, client or token read: plain data. */

/** One thing that happened to a connection. */
export type HistoryRow = {
  readonly id: string
  readonly at: Date
  readonly name: EventName
  readonly detail: Readonly<Record<string, unknown>>
  readonly outcome: Outcome
  /** who did it in the dashboard, in words that fit behind "by"; absent where software did */
  readonly by: string | null
  /** from where a person did it */
  readonly address: string | null
}

/** Tool calls of one day (UTC). */
export type DayRow = { readonly day: Date; readonly calls: number }

/** An attempt that led to a connection or used it. */
export type ConnectionHandshakeRow = {
  readonly id: string
  readonly startedAt: Date
  readonly surface: Surface
  readonly verdict: Verdict
}

/** Everything about one connection but its history, which is paged. */
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

/** A member of a client's metadata that changed; `null` where it is absent. */
export type MetadataChange = {
  readonly member: string
  readonly before: string | null
  readonly after: string | null
}

/** What a client said of itself at one time. */
export type ClientVersionRow = {
  readonly id: string
  readonly cause: 'made' | 'document' | 'secret'
  readonly seenAt: Date
  /** against the version before */
  readonly changes: readonly MetadataChange[]
}

/** What ends with a client. */
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

/** One token, and where it stands among those that were exchanged for each other. */
export type TokenPage = {
  readonly token: TokenRow
  /** newest first */
  readonly generations: readonly GenerationRow[]
  /** whether there are older or newer ones beyond those */
  readonly isCut: boolean
}
