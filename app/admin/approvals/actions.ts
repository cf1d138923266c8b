'use server'
import { approveHeld, denyHeld } from '@/lib/admin/approvals/changes'

/** Approves a client for everyone and releases the user's answer. */
export const approve = approveHeld

/** Denies the user's request. */
export const deny = denyHeld
