'use server'
import { rotateKeys } from '@/lib/admin/keys/keys'

/** Rotates the signing key. */
export const rotate = rotateKeys
