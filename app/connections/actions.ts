'use server'
import {
  pauseOwnConnection,
  renameOwnConnection,
  resumeOwnConnection,
  revokeOwnConnection,
} from '@/lib/admin/account/connections'
import { forgetRemembered } from '@/lib/admin/account/remembered'

/** Pauses one of the user's connections. */
export const pause = pauseOwnConnection

/** Resumes one of the user's connections. */
export const resume = resumeOwnConnection

/** Renames one of the user's connections. */
export const rename = renameOwnConnection

/** Revokes one of the user's connections. */
export const revoke = revokeOwnConnection

/** Forgets a remembered consent. */
export const forget = forgetRemembered
