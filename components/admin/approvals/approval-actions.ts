import type { Outcome } from '@/components/kit/outcome'

/** An operator's actions on a pending approval, by its id. */
export type ApprovalActions = {
  readonly approve: (id: string) => Promise<Outcome>
  readonly deny: (id: string) => Promise<Outcome>
}
