/** Words that all folders share. This file imports nothing. */

const roles = ['admin', 'operator', 'viewer', 'member'] as const

/** What a role may do grows from `member` to `admin`. */
export type Role = (typeof roles)[number]

/** Whether a string names a role. */
export const isRole = (role: string | undefined): role is Role =>
  roles.some((known) => known === role)

/** Who changed something, for the audit trail. */
export type Actor = { readonly userId: string | null; readonly address: string | null }

/** Why a grant was revoked, as it is stored. */
export type RevocationReason = 'person' | 'client' | 'code_replay' | 'refresh_token_reuse'

export const outcomes = ['ok', 'refused', 'failed'] as const

/** How an event ended. */
export type Outcome = (typeof outcomes)[number]

/** Whether a connection can be used. */
export type GrantStatus = 'active' | 'paused' | 'revoked'
