import type { AuditAction, AuditFacts } from '@/lib/store/audit-actions'

/** What somebody did; the closed list of it. */
export type AuditName = AuditAction

/** What changed, by name. */
export type AuditValues = AuditFacts

/** A value to choose and what it is called. */
export type AuditChoice = { readonly value: string; readonly label: string }
