import type { HandshakeRow, StageView } from '@/lib/admin/handshakes/views'
import type { FindingRow } from '@/lib/admin/views'

/** An attempt to connect, as far as it has come. */
export type ConnectAttempt = {
  readonly row: HandshakeRow
  readonly stages: readonly StageView[]
  /** the likeliest cause, where it did not get on */
  readonly finding: FindingRow | null
}

/** What the page that connects a client shows. Times are ISO 8601 in UTC. */
export type ConnectView = {
  readonly mcpUrl: string
  readonly serverName: string
  readonly mayMakeClients: boolean
  /** when the page was first opened: only what began then or was under way is followed */
  readonly since: string
  /** the server's clock */
  readonly now: string
  readonly attempt: ConnectAttempt | null
  /** where attempts are followed from */
  readonly stream: { readonly href: string; readonly cursor: string }
}
