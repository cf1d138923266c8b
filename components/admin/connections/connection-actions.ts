import type { Outcome } from '@/components/admin/outcome'

/** What an operator may do with a connection, by its id. */
export type ConnectionActions = {
  readonly revoke: (id: string) => Promise<Outcome>
  readonly pause: (id: string) => Promise<Outcome>
  readonly resume: (id: string) => Promise<Outcome>
}
