import type { AuditAction, AuditFacts } from '@/lib/store/audit-actions'

/** What somebody did; the closed list of it. */
export type AuditName = AuditAction

/** What changed, by name. */
export type AuditValues = AuditFacts

/** One change: who did what, to what, from where, and how it was before. */
export type AuditRow = {
  /** decimal string of a 64-bit id */
  readonly id: string
  readonly at: string
  /** one of {@link AuditName}; an older version may have written another */
  readonly action: string
  readonly userId: string | null
  /** `null` where Portico did it, or the account is gone */
  readonly userEmail: string | null
  readonly address: string | null
  readonly subject: string
  /** what the subject was called then */
  readonly subjectName: string | null
  readonly before: AuditValues | null
  readonly after: AuditValues | null
  readonly facts: AuditValues | null
}

/** How the audit trail was asked for, straight from the URL's query. */
export type AuditQuery = {
  readonly q?: string
  readonly action?: string
  readonly user?: string
  /** id of what was changed */
  readonly subject?: string
  /** ISO 8601 */
  readonly from?: string
  readonly to?: string
  readonly cursor?: string
}

/** A value to choose and what it is called. */
export type AuditChoice = { readonly value: string; readonly label: string }
