import type { Forwarding } from './forwarding'

/** What is known of the server beyond the events of one handshake. Plain data. */

/** An answer to a probe, which asks the server from outside, as a client would. */
export type ProbeAnswer = {
  /** what was requested */
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
  /** `ENOTFOUND`, `CERT_HAS_EXPIRED`, `timeout` … when there was no answer */
  readonly error: string | null
  readonly durationMs: number
}

/** The results of probing a server from outside. */
export type Probe = {
  /** milliseconds since the epoch */
  readonly at: number
  /** the probed origin */
  readonly origin: string
  /** addresses the host name resolves to; empty when it does not resolve */
  readonly addresses: readonly string[]
  readonly answers: readonly ProbeAnswer[]
  /** other servers that this one needs and reaches by TLS; absent when not checked */
  readonly others?: readonly OtherServer[]
}

/** A server that this one needs: a sign-in provider, a mail server, a collector. */
export type OtherServer = {
  /** its name in a sentence: "the sign-in provider Okta" */
  readonly what: string
  /** host and port */
  readonly at: string
  /** what is wrong with its TLS, in Node's terms; `null` when nothing is, or it did not answer */
  readonly tls: string | null
}

/** An instance whose clock differs from the database's. */
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
  /** the newest probe of this server through its public URL; `null` before the first */
  readonly probe: Probe | null
  /** whether a request of `Claude-User` ever reached this server, token or not */
  readonly claudeUserSeen: boolean
  /** milliseconds since the epoch of the newest request of `Claude-User` before this handshake */
  readonly claudeUserLastSeenAt: number | null
  /** header names of edges ever seen on requests, such as `cf-ray` */
  readonly edgeMarks: readonly string[]
  /** how requests were forwarded; absent where nothing runs in front of Next to see it */
  readonly forwarding?: Forwarding
  /** how many handshakes of other clients failed or stalled at the same stage within the last hour */
  readonly failingAlike: number
  /** milliseconds this machine's clock is ahead of the world, where known */
  readonly clockSkewMs: number | null
  /** instances whose clock differs too much from the database's, and by how much */
  readonly clocksApart: readonly ClockApart[]
  /** the PostgreSQL settings that matter; absent when it is embedded, or for one attempt */
  readonly databaseSettings?: {
    readonly encoding: string
    /** statement timeout in milliseconds; 0 for none */
    readonly statementMs: number
  }
  /** milliseconds since the epoch when this server was started; `null` on serverless */
  readonly startedAt: number | null
  /** settings that matter to a diagnosis */
  readonly settings: {
    readonly proxyHops: number
    readonly accessTokenSeconds: number
    readonly databaseKind: 'embedded' | 'postgresql'
  }
}
