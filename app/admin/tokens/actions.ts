'use server'
import { revokeToken } from '@/lib/admin/token-page'

/** Revokes one token; its connection goes on. */
export const revoke = revokeToken
