import type { AuditAction } from '@/lib/store/audit/actions'

/** What somebody did; the closed list of it. */
export type AuditName = AuditAction

/** A value to choose and what it is called. */
export type AuditChoice = { readonly value: string; readonly label: string }
