import type { makePasswordLink, withdrawLink } from '@/lib/admin/invites'
import type {
  changeOperatorRole,
  disableOperator,
  enableOperator,
  switchOffCodes,
} from '@/lib/admin/operator-changes'

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
