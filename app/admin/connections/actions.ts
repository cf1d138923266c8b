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

/** Pauses one connection: its tokens are refused and kept. */
export const pause = pauseConnection

/** Lets a paused connection go on with the tokens it has. */
export const resume = resumeConnection

/** Calls a connection by a name of its own, or by its client's again when it is empty. */
export const rename = renameConnection

/** Does the same to several connections. */
export const changeAll = changeConnections
