'use server'
import { rotateKeys } from '@/lib/admin/keys/keys'

/** Puts a new signing key in the place of the present one. */
export const rotate = rotateKeys
