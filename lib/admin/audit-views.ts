import type { AuditAction, AuditFacts } from '@/lib/store/audit-actions'

/** What somebody did; the closed list of it. */
export type AuditName = AuditAction

/** What changed, by name. */
export type AuditValues = AuditFacts

/** One change: who did what, to what, from where, and how it was before. */
export type AuditRow = {
  /** decimal string of a 64-bit id */
  readonly id: string
  readonly at: Date
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

/** A value to choose and what it is called. */
export type AuditChoice = { readonly value: string; readonly label: string }
