import type { HandshakeRow, StageView } from '@/lib/admin/handshakes/views'
import type { FindingRow } from '@/lib/admin/views'

/** An attempt to connect, with its progress. */
export type ConnectAttempt = {
  readonly row: HandshakeRow
  readonly stages: readonly StageView[]
  /** the likeliest cause, if it failed */
  readonly finding: FindingRow | null
}

/** What the page that connects a client shows. Times are ISO 8601 in UTC. */
export type ConnectView = {
  readonly mcpUrl: string
  readonly serverName: string
  readonly mayMakeClients: boolean
  /** when the page was first opened: only attempts since then, or in progress then, are followed */
  readonly since: string
  /** the server's clock */
  readonly now: string
  readonly attempt: ConnectAttempt | null
  /** the stream to follow attempts with, and where to start */
  readonly stream: { readonly href: string; readonly cursor: string }
}
