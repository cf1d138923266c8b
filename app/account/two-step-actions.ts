'use server'
import {
  beginEnrolment,
  confirmEnrolment,
  renewRecoveryCodes,
  switchOffTwoStep,
} from '@/lib/admin/account/two-step'

/** Makes a secret for an authenticator app. */
export const begin = beginEnrolment

/** Switches one-time codes on, if the first one is right. */
export const confirm = confirmEnrolment

/** Makes new recovery codes. */
export const renew = renewRecoveryCodes

/** Switches one-time codes off. */
export const switchOff = switchOffTwoStep
