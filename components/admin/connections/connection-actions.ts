import type { Outcome } from '@/components/admin/outcome'

/** What became of a change of name; `before` is what undoes it. */
export type RenameOutcome = Outcome & { readonly before: string | null }

/** What is done to several connections at once. */
export type BulkChange = 'pause' | 'resume' | 'revoke'

/** What an operator may do with a connection, by its id. */
export type ConnectionActions = {
  readonly revoke: (id: string) => Promise<Outcome>
  readonly pause: (id: string) => Promise<Outcome>
  readonly resume: (id: string) => Promise<Outcome>
  readonly rename: (id: string, label: string) => Promise<RenameOutcome>
  readonly changeAll: (ids: readonly string[], change: BulkChange) => Promise<Outcome>
}
