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

/** Creates a client. Only this response contains its secret. */
export const create = createClient

/** Disables a client: its tokens are refused. */
export const disable = disableClient

/** Enables a disabled client. */
export const enable = enableClient

/** Deletes a client with its connections and tokens. */
export const remove = removeClient

/** Rotates a client's secret. */
export const rotateSecret = rotateClientSecret

/** Counts what ends with a client, for the confirmation dialog. */
export const consequences = countConsequences

/** Counts unapproved clients that registered more than the given number of hours ago. */
export const countUnused = countUnusedClients

/** Deletes unapproved clients that registered more than the given number of hours ago. */
export const deleteUnused = deleteUnusedClients
