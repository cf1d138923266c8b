'use server'
import { revokeToken } from '@/lib/admin/tokens/page'

/** Revokes one token; its connection stays. */
export const revoke = revokeToken
