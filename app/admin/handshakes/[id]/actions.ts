'use server'
import { createShare, withdrawShare } from '@/lib/admin/handshakes/shares'

/** Makes a link that shows a redacted handshake; the answer holds it, this once. */
export const share = createShare

/** Ends a link before its time. */
export const withdraw = withdrawShare
