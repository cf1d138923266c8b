'use server'
import {
  changeConnections,
  pauseConnection,
  renameConnection,
  resumeConnection,
  revokeConnection,
} from '@/lib/admin/connections/connections'

/** Revokes one connection: its tokens stop working. */
export const revoke = revokeConnection

/** Pauses one connection: its tokens are refused, not revoked. */
export const pause = pauseConnection

/** Resumes a paused connection. */
export const resume = resumeConnection

/** Renames a connection; an empty name restores the client's. */
export const rename = renameConnection

/** Applies one action to several connections. */
export const changeAll = changeConnections
