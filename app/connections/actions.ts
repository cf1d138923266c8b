'use server'
import {
  pauseOwnConnection,
  renameOwnConnection,
  resumeOwnConnection,
  revokeOwnConnection,
} from '@/lib/admin/account/connections'
import { forgetRemembered } from '@/lib/admin/account/remembered'

/** Pauses one of one's own connections. */
export const pause = pauseOwnConnection

/** Lets one of one's own connections go on. */
export const resume = resumeOwnConnection

/** Calls one of one's own connections by another name. */
export const rename = renameOwnConnection

/** Ends one of one's own connections. */
export const revoke = revokeOwnConnection

/** Has an app ask again that was remembered. */
export const forget = forgetRemembered
