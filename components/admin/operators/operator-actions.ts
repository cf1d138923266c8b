import type {
  changeOperatorRole,
  disableOperator,
  enableOperator,
  switchOffCodes,
} from '@/lib/admin/people/changes'
import type { makePasswordLink } from '@/lib/admin/people/invites'

/** An admin's actions on a user. */
export type OperatorActions = {
  readonly changeRole: typeof changeOperatorRole
  readonly makePasswordLink: typeof makePasswordLink
  readonly switchOffCodes: typeof switchOffCodes
  readonly disable: typeof disableOperator
  readonly enable: typeof enableOperator
}
