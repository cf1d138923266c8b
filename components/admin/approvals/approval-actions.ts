import type { Outcome } from '@/components/kit/outcome'

/** What an operator may do with a "yes" that waits, by its id. */
export type ApprovalActions = {
  readonly approve: (id: string) => Promise<Outcome>
  readonly deny: (id: string) => Promise<Outcome>
}
