'use server'
import { approveHeld, denyHeld } from '@/lib/admin/approvals/changes'

/** Approves a client for everybody, and lets the person's answer go on. */
export const approve = approveHeld

/** Ends the person's attempt with a "no". */
export const deny = denyHeld
