'use server'
import {
  createClient,
  disableClient,
  enableClient,
  removeClient,
  rotateClientSecret,
} from '@/lib/admin/clients/changes'
import { countUnusedClients, deleteUnusedClients } from '@/lib/admin/clients/cleanup'
import { countConsequences } from '@/lib/admin/clients/page'

/** Makes a client. Its secret is in the answer and nowhere else. */
export const create = createClient

/** Disables a client: its tokens are refused. */
export const disable = disableClient

/** Lets a disabled client in again. */
export const enable = enableClient

/** Deletes a client with its connections and tokens. */
export const remove = removeClient

/** Gives a client a new secret. */
export const rotateSecret = rotateClientSecret

/** Counts what would end with a client, for the dialog that asks. */
export const consequences = countConsequences

/** How many clients registered more than so many hours ago and were never approved. */
export const countUnused = countUnusedClients

/** Deletes clients that registered more than so many hours ago and were never approved. */
export const deleteUnused = deleteUnusedClients
