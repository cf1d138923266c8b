import type { ProbeAnswer } from '@/lib/diagnosis/facts'
import type { Finding } from '@/lib/diagnosis/finding'
import type { EventName } from '@/lib/events/catalogue'
import type { EventFacts } from '@/lib/events/fields'
import type { Attention, HoldingBack, Traffic, VerdictCounts } from './overview-views'

/**
 * What the dashboard reads: plain data, safe to hand to a component. Times are ISO 8601 in UTC.
 * No field holds a token, a hash or a secret.
 */

/** One page of a list; `next` and `previous` are opaque cursors for the `cursor` query parameter. */
export type PageOf<Row> = {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly previous: string | null
}

/** How a list was asked for, straight from the URL's query. */
export type ListQuery = {
  /** free text */
  readonly q?: string
  /** one of the list's states, see each row type */
  readonly state?: string
  readonly sort?: string
  readonly cursor?: string
  /** only rows of this client, grant or user */
  readonly client?: string
  readonly grant?: string
  readonly user?: string
  /** of clients: only those that are one app to a person */
  readonly kin?: string
}

export type ConnectionRow = {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  /** what it is called here instead, where somebody gave it a name */
  readonly label: string | null
  /** the domain that publishes the description of its client */
  readonly verifiedDomain: string | null
  readonly redirectHost: string
  /** the earlier address of this server that it was made for; absent where it is the present one */
  readonly madeFor?: string
  readonly userEmail: string
  readonly scopes: readonly string[]
  readonly state: 'active' | 'paused' | 'revoked'
  /** whether it was paused by somebody else than the person whose it is */
  readonly isHeld: boolean
  readonly createdAt: string
  /** last authenticated MCP request */
  readonly lastActiveAt: string | null
  readonly revokedAt: string | null
  readonly revokedReason: string | null
  readonly calls: number
  /** of the last thirty days */
  readonly callsLately: number
  /** a token was issued and no MCP request has come with it */
  readonly unused: boolean
}

export type ClientRow = {
  readonly id: string
  readonly name: string
  readonly kind: 'dynamic' | 'metadata_document' | 'registered'
  readonly authMethod: string
  readonly hasSecret: boolean
  readonly redirectUris: readonly string[]
  /** those of them that answers are not sent to (any more), and why: `has …`, `is …` */
  readonly refusedRedirects: readonly { readonly uri: string; readonly problem: string }[]
  readonly createdAt: string
  readonly lastUsedAt: string | null
  /** the domain that publishes its description */
  readonly verifiedDomain: string | null
  /** how many registrations of one app the row stands for */
  readonly clients: number
  /** what they have in common, where there are several */
  readonly kin: string | null
  /** of all that the row stands for */
  readonly activeConnections: number
  readonly state: 'active' | 'disabled' | 'never used'
}

export type TokenRow = {
  readonly id: string
  readonly kind: 'access' | 'refresh'
  readonly grantId: string
  readonly clientId: string
  readonly clientName: string
  readonly userEmail: string
  readonly scope: string
  readonly issuedAt: string
  readonly expiresAt: string
  readonly firstUsedAt: string | null
  readonly lastUsedAt: string | null
  /** `unused`: live, and never seen on /mcp; `rotated`: exchanged for its successor */
  readonly state: 'active' | 'unused' | 'expired' | 'revoked' | 'rotated'
}

export type SessionRow = {
  readonly id: string
  readonly grantId: string
  readonly clientId: string
  readonly clientName: string
  /** what the software calls itself, such as `Anthropic/ClaudeAI 1.0.0` */
  readonly clientInfo: string | null
  readonly protocolVersion: string
  readonly userEmail: string
  readonly startedAt: string
  readonly lastSeenAt: string
  readonly requests: number
  readonly calls: number
  /** streams open at present, on all instances */
  readonly streams: number
  readonly endedAt: string | null
  readonly endedBy: 'client' | 'operator' | null
}

export type EventRow = Omit<EventFacts, 'name' | 'network'> & {
  /** decimal string of a 64-bit id */
  readonly id: string
  readonly at: string
  readonly name: EventName
  readonly network: 'anthropic' | 'loopback' | 'private' | 'public' | null
  readonly clientName: string | null
  /** how many requests it stands for */
  readonly count: number
  /** when the last of several came */
  readonly lastAt: string | null
  /** the attempt it is part of; absent where nobody looked, as in the live stream */
  readonly handshakeId?: string | null
}

/** Filters of the live log, straight from the URL's query. */
export type EventQuery = {
  readonly q?: string
  readonly event?: string
  readonly outcome?: string
  readonly client?: string
  readonly grant?: string
  readonly user?: string
  readonly address?: string
  /** how the path begins */
  readonly path?: string
  /** `yes`: only what stands for several requests */
  readonly repeated?: string
  readonly cursor?: string
}

export type LogPage = PageOf<EventRow> & {
  /** where the live stream goes on */
  readonly cursor: string
  /** how far back was looked for what is rare; `null` when the page is full or the log at its end */
  readonly lookedBackTo: string | null
}

export type Overview = {
  readonly serverName: string
  readonly version: string
  readonly issuer: string
  readonly mcpUrl: string
  readonly startedAt: string
  readonly database: 'embedded' | 'postgresql'
  /** `new` in the last seven days */
  readonly connections: { readonly active: number; readonly new: number }
  readonly clients: number
  readonly traffic: Traffic
  readonly verdicts: VerdictCounts
  readonly attention: readonly Attention[]
  readonly holdingBack: readonly HoldingBack[]
  readonly recentConnections: readonly ConnectionRow[]
  readonly recentEvents: readonly EventRow[]
}

/** A cause that a rule found, with where the claim comes from; `id` is the rule's. */
export type FindingRow = Omit<Finding, 'rule'> & {
  readonly id: string
  readonly sources: readonly string[]
}

/** One question that this server asked itself, and its answer. */
export type LookRow = Pick<
  ProbeAnswer,
  'target' | 'method' | 'url' | 'userAgent' | 'status' | 'error' | 'durationMs'
> & {
  readonly contentType: string | null
  readonly location: string | null
  /** `WWW-Authenticate` */
  readonly challenge: string | null
  /** whether it is what a client needs */
  readonly right: boolean
}

/** What the world sees of this server. */
export type SelfCheckView = {
  readonly origin: string
  readonly mcpUrl: string
  /** `null` while it was not looked at since the start */
  readonly checkedAt: string | null
  readonly addresses: readonly string[]
  readonly looks: readonly LookRow[]
  readonly findings: readonly FindingRow[]
}
