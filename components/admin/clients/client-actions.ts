import type {
  disableClient,
  enableClient,
  removeClient,
  rotateClientSecret,
} from '@/lib/admin/clients/changes'
import type { countUnusedClients, deleteUnusedClients } from '@/lib/admin/clients/cleanup'
import type { countConsequences } from '@/lib/admin/clients/page'

/** An admin's actions on a client, by its id. */
export type ClientActions = {
  readonly rotateSecret: typeof rotateClientSecret
  readonly disable: typeof disableClient
  readonly enable: typeof enableClient
  readonly remove: typeof removeClient
  readonly consequences: typeof countConsequences
}

/** The clean-up of unapproved clients; the age is in hours. */
export type CleanUpActions = {
  readonly countUnused: typeof countUnusedClients
  readonly deleteUnused: typeof deleteUnusedClients
}
