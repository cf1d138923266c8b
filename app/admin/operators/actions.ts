'use server'
import {
  changeOperatorRole,
  disableOperator,
  enableOperator,
  switchOffCodes,
} from '@/lib/admin/people/changes'
import { inviteOperator, makePasswordLink, withdrawLink } from '@/lib/admin/people/invites'

/** Makes an invitation. Its link is in the answer and nowhere else. */
export const invite = inviteOperator

/** Ends an open link. */
export const withdraw = withdrawLink

/** Gives a person another role. */
export const changeRole = changeOperatorRole

/** Makes a link by which a person chooses a new password. */
export const passwordLink = makePasswordLink

/** Keeps a person out. */
export const disable = disableOperator

/** Lets a person in again. */
export const enable = enableOperator

/** Lets a person in without one-time codes. */
export const withoutCodes = switchOffCodes
