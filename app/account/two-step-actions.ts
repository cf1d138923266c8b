'use server'
import {
  beginEnrolment,
  confirmEnrolment,
  renewRecoveryCodes,
  switchOffTwoStep,
} from '@/lib/admin/account/two-step'

/** Creates a secret for an authenticator app. */
export const begin = beginEnrolment

/** Turns one-time codes on if the first code is right. */
export const confirm = confirmEnrolment

/** Creates new recovery codes. */
export const renew = renewRecoveryCodes

/** Turns one-time codes off. */
export const switchOff = switchOffTwoStep
