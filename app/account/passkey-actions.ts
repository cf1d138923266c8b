'use server'
import {
  addPasskey,
  beginPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/admin/account/passkeys'

/** What the browser needs to make a passkey. */
export const beginMaking = beginPasskey

/** Adds what the browser made. */
export const add = addPasskey

/** Gives a passkey another name. */
export const renameOne = renamePasskey

/** Removes a passkey. */
export const remove = removePasskey
