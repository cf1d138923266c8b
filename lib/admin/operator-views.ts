import type { Role } from '@/lib/store/users'

/** What a person may do. */
export type OperatorRole = Role

/** A person as the dashboard lists them. */
export type OperatorRow = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: OperatorRole
  readonly state: 'active' | 'disabled'
  readonly createdAt: Date
  readonly lastSignedInAt: Date | null
  readonly activeConnections: number
}

/** One person, with what is asked of them alone. */
export type OperatorView = OperatorRow & {
  readonly hasPassword: boolean
  /** whether they are asked for a one-time code, too */
  readonly hasCodes: boolean
  /** whether it is who looks */
  readonly isSelf: boolean
}

/** A link that still opens something. */
export type InviteRow = {
  readonly id: string
  readonly kind: 'account' | 'password'
  readonly email: string
  /** of the account it makes */
  readonly role: OperatorRole | null
  readonly createdAt: Date
  readonly expiresAt: Date
  /** who made it; `null` when that account is gone */
  readonly createdBy: string | null
}
