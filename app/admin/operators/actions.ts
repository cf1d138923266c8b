'use server'
import {
  changeOperatorRole,
  disableOperator,
  enableOperator,
  switchOffCodes,
} from '@/lib/admin/people/changes'
import { inviteOperator, makePasswordLink, withdrawLink } from '@/lib/admin/people/invites'

/** Creates an invitation. Only this response contains its link. */
export const invite = inviteOperator

/** Withdraws an open link. */
export const withdraw = withdrawLink

/** Changes a user's role. */
export const changeRole = changeOperatorRole

/** Creates a password link for a user. */
export const passwordLink = makePasswordLink

/** Disables a user. */
export const disable = disableOperator

/** Enables a user. */
export const enable = enableOperator

/** Turns one-time codes off for a user. */
export const withoutCodes = switchOffCodes
