import type {
  disableClient,
  enableClient,
  removeClient,
  rotateClientSecret,
} from '@/lib/admin/clients/changes'
import type { countUnusedClients, deleteUnusedClients } from '@/lib/admin/clients/cleanup'
import type { countConsequences } from '@/lib/admin/clients/page'

/** What an admin may do with a client, by its id. */
export type ClientActions = {
  readonly rotateSecret: typeof rotateClientSecret
  readonly disable: typeof disableClient
  readonly enable: typeof enableClient
  readonly remove: typeof removeClient
  readonly consequences: typeof countConsequences
}

/** How an admin tidies up what nobody ever approved; since when it has been known, in hours. */
export type CleanUpActions = {
  readonly countUnused: typeof countUnusedClients
  readonly deleteUnused: typeof deleteUnusedClients
}
