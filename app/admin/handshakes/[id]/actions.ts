'use server'
import { createShare, withdrawShare } from '@/lib/admin/handshakes/shares'

/** Creates a link to a redacted handshake; only this response contains the link. */
export const share = createShare

/** Revokes a link. */
export const withdraw = withdrawShare
