'use server'
import { changeOwnPassword, rename as renameSelf } from '@/lib/admin/account/profile'
import { endOtherSessions, endOwnSession } from '@/lib/admin/account/sessions'

/** Saves the display name. */
export const rename = renameSelf

/** Changes the password. */
export const changePassword = changeOwnPassword

/** Ends one other session. */
export const endSession = endOwnSession

/** Ends all other sessions. */
export const endOthers = endOtherSessions
