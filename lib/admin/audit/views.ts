import type { AuditAction } from '@/lib/store/audit/actions'

/** The closed list of audited actions. */
export type AuditName = AuditAction

/** A value to choose and its label. */
export type AuditChoice = { readonly value: string; readonly label: string }
