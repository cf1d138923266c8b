import type {
  changeOperatorRole,
  disableOperator,
  enableOperator,
  switchOffCodes,
} from '@/lib/admin/people/changes'
import type { makePasswordLink, withdrawLink } from '@/lib/admin/people/invites'

/** What an admin may do with one person. */
export type OperatorActions = {
  readonly changeRole: typeof changeOperatorRole
  readonly makePasswordLink: typeof makePasswordLink
  readonly switchOffCodes: typeof switchOffCodes
  readonly disable: typeof disableOperator
  readonly enable: typeof enableOperator
}

/** Ends an open link. */
export type WithdrawAction = typeof withdrawLink
