import type { Forwarding } from './forwarding'

/** What is known of the server beyond the events of one handshake. Plain data. */

/** An answer that a probe got when it asked the server from outside, as a client would. */
export type ProbeAnswer = {
  /** what was asked for */
  readonly target:
    | 'resource-metadata'
    | 'resource-metadata-root'
    | 'server-metadata'
    | 'server-metadata-suffixed'
    | 'jwks'
    | 'challenge-post'
    | 'challenge-get'
    | 'challenge-post-claude-user'
    | 'bearer-echo'
    | 'trailing-slash'
  readonly url: string
  readonly method: string
  readonly userAgent: string
  /** `null` when there was no HTTP answer at all */
  readonly status: number | null
  /** lower-case names */
  readonly headers: Readonly<Record<string, string>>
  /** first 20,000 characters */
  readonly body: string
  /** `ENOTFOUND`, `CERT_HAS_EXPIRED`, `timeout` … where there was no answer */
  readonly error: string | null
  readonly durationMs: number
}

/** What a look at a server from outside brought. */
export type Probe = {
  /** milliseconds since the epoch */
  readonly at: number
  /** the origin that was asked */
  readonly origin: string
  /** addresses the host name resolves to; empty where it does not resolve */
  readonly addresses: readonly string[]
  readonly answers: readonly ProbeAnswer[]
  /** other servers that this one needs and reaches by TLS; absent where nobody looked */
  readonly others?: readonly OtherServer[]
}

/** A server that this one needs: a sign-in provider, a mail server, a collector. */
export type OtherServer = {
  /** what it is, as it is named in a sentence: "the sign-in provider Okta" */
  readonly what: string
  /** host and port */
  readonly at: string
  /** what is wrong with TLS there, as Node names it; `null` where nothing is, or nobody answered */
  readonly tls: string | null
}

/** An instance whose clock is not that of the database. */
export type ClockApart = {
  readonly host: string
  /** milliseconds its clock is ahead of the database's; negative where it is behind */
  readonly offsetMs: number
}

/** Facts that rules may use besides a handshake. */
export type Facts = {
  /** the configured public origin, the issuer */
  readonly origin: string
  /** the MCP URL to paste */
  readonly mcpUrl: string
  /** the newest look at this server through its public URL; `null` while there was none */
  readonly probe: Probe | null
  /** whether a request of `Claude-User` ever reached this server, token or not */
  readonly claudeUserSeen: boolean
  /** milliseconds since the epoch of the newest request of `Claude-User` before this handshake */
  readonly claudeUserLastSeenAt: number | null
  /** header names of edges ever seen on requests, such as `cf-ray` */
  readonly edgeMarks: readonly string[]
  /** how requests were forwarded; absent where nothing is in front of Next to see it */
  readonly forwarding?: Forwarding
  /** how many handshakes of other clients failed or stalled at the same stage within the last hour */
  readonly failingAlike: number
  /** milliseconds this machine's clock is ahead of the world, where known */
  readonly clockSkewMs: number | null
  /** instances whose clock differs from the database's, and by how much: those that are out of bounds */
  readonly clocksApart: readonly ClockApart[]
  /** how PostgreSQL is set, as far as it matters; absent where it is embedded, or of one attempt */
  readonly databaseSettings?: {
    readonly encoding: string
    /** after how many milliseconds a statement is ended; 0 for never */
    readonly statementMs: number
  }
  /** milliseconds since the epoch when this server was started; `null` where functions come and go */
  readonly startedAt: number | null
  /** settings that matter to a diagnosis */
  readonly settings: {
    readonly proxyHops: number
    readonly accessTokenSeconds: number
    readonly refreshIdleSeconds: number
    readonly databaseKind: 'embedded' | 'postgresql'
    readonly hasDisk: boolean
  }
}
