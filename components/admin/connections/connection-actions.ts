import type {
  changeConnections,
  pauseConnection,
  renameConnection,
  resumeConnection,
  revokeConnection,
} from '@/lib/admin/connections/connections'

/** An operator's actions on a connection, by its id. */
export type ConnectionActions = {
  readonly revoke: typeof revokeConnection
  readonly pause: typeof pauseConnection
  readonly resume: typeof resumeConnection
  readonly rename: typeof renameConnection
  readonly changeAll: typeof changeConnections
}
