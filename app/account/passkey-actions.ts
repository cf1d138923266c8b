'use server'
import {
  addPasskey,
  beginPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/admin/account/passkeys'

/** Returns the WebAuthn creation options. */
export const beginMaking = beginPasskey

/** Adds the passkey that the browser created. */
export const add = addPasskey

/** Renames a passkey. */
export const renameOne = renamePasskey

/** Removes a passkey. */
export const remove = removePasskey
