'use server'
import {
  changePassword as changeOwnPassword,
  rename as renameSelf,
} from '@/lib/admin/account/profile'
import { endOtherSessions, endOwnSession } from '@/lib/admin/account/sessions'

/** Saves the name of the form. */
export const rename = renameSelf

/** Changes the password. */
export const changePassword = changeOwnPassword

/** Signs out in one other browser. */
export const endSession = endOwnSession

/** Signs out everywhere else. */
export const endOthers = endOtherSessions
