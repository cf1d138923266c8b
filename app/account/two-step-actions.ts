'use server'
import { revalidatePath } from 'next/cache'
import {
  beginEnrolment,
  confirmEnrolment,
  renewRecoveryCodes,
  switchOffTwoStep,
} from '@/lib/admin/account/two-step'
import type { Enrolment, Proven, RecoveryCodesResult } from '@/lib/admin/account/views'
import { requireOperator } from '@/lib/auth/session'

const path = '/account'

/** Makes a secret for an authenticator app. */
export async function begin(proof: string): Promise<Proven<Enrolment | null>> {
  await requireOperator('member', path)
  return beginEnrolment(String(proof))
}

/** Switches one-time codes on, if the first one is right. */
export async function confirm(code: string): Promise<RecoveryCodesResult> {
  await requireOperator('member', path)
  const result = await confirmEnrolment(String(code))
  if (result.ok) revalidatePath(path)
  return result
}

/** Makes new recovery codes. */
export async function renew(proof: string): Promise<RecoveryCodesResult> {
  await requireOperator('member', path)
  const result = await renewRecoveryCodes(String(proof))
  if (result.ok) revalidatePath(path)
  return result
}

/** Switches one-time codes off. */
export async function switchOff(proof: string): Promise<string | null> {
  await requireOperator('member', path)
  const problem = await switchOffTwoStep(String(proof))
  if (!problem) revalidatePath(path)
  return problem
}
