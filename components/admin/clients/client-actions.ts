import type { Outcome } from '@/components/admin/outcome'
import type { NewClientInput } from '@/lib/admin/client-changes'
import type { Consequences } from '@/lib/admin/record-views'

/** A new secret, which is shown once. */
export type RotationOutcome = Outcome & { readonly secret: string | null }

/** What an admin may do with a client, by its id. */
export type ClientActions = {
  readonly rotateSecret: (id: string) => Promise<RotationOutcome>
  readonly disable: (id: string) => Promise<Outcome>
  readonly enable: (id: string) => Promise<Outcome>
  readonly remove: (id: string) => Promise<Outcome>
  /** counts what would end with it */
  readonly consequences: (id: string) => Promise<Consequences>
}

/** How an admin tidies up what nobody ever approved; `hours` is since when it has been known. */
export type CleanUpActions = {
  readonly countUnused: (hours: number) => Promise<number>
  readonly deleteUnused: (hours: number) => Promise<Outcome>
}

/** What the form of a new client shows: what was typed and what is wrong, or what was made. */
export type NewClientState = {
  readonly input: NewClientInput
  readonly problems: Readonly<Record<string, string>>
  readonly made: { readonly clientId: string; readonly clientSecret: string | null } | null
}

/** Makes a client from the form. */
export type CreateAction = (state: NewClientState, form: FormData) => Promise<NewClientState>
