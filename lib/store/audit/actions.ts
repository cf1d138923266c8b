/** Everything that is written to the audit trail. */
const auditActions = [
  'operator.created',
  'operator.invited',
  'operator.joined',
  'invite.withdrawn',
  'user.role-changed',
  'user.disabled',
  'user.enabled',
  'password-link.created',
  'user.password-changed',
  'account.renamed',
  'account.password-changed',
  'account.sessions-ended',
  'totp.enabled',
  'totp.disabled',
  'recovery-codes.replaced',
  'identity.linked',
  'passkey.added',
  'passkey.renamed',
  'passkey.removed',
  'client.created',
  'client.disabled',
  'client.enabled',
  'client.secret-rotated',
  'client.deleted',
  'clients.pruned',
  'consent.approved',
  'consent.denied',
  'consent.forgotten',
  'grant.paused',
  'grant.resumed',
  'grant.revoked',
  'grant.renamed',
  'grants.revoked',
  'token.revoked',
  'session.ended',
  'key.rotated',
  'share.created',
  'share.withdrawn',
  'alert.tested',
  'settings.changed',
] as const

/** An audited action; a new one fails to compile until the audit page has a sentence for it. */
export type AuditAction = (typeof auditActions)[number]

/** Whether a string names an action of the audit trail. */
export const isAuditAction = (action: string | undefined): action is AuditAction =>
  auditActions.some((known) => known === action)

/** A recorded fact; never a secret. */
type AuditValue = string | number | boolean | null | readonly string[]

/** Facts by name. */
export type AuditFacts = Readonly<Record<string, AuditValue>>

/** What is recorded of a change besides who, when and where. */
export type AuditDetail = {
  /** the subject's name at the time; it may be gone or renamed now */
  readonly name?: string
  /** the changed values before */
  readonly before?: AuditFacts
  /** the changed values after */
  readonly after?: AuditFacts
  /** other facts worth knowing */
  readonly facts?: AuditFacts
}
