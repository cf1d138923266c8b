'use server'
import { revokeToken } from '@/lib/admin/tokens/page'

/** Revokes one token; its connection goes on. */
export const revoke = revokeToken
