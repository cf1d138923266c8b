/** Everything that is written to the audit trail. */
export const auditActions = [
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

/** What somebody did; a new one fails to compile until the audit page has a sentence for it. */
export type AuditAction = (typeof auditActions)[number]

/** Whether a string names an action of the audit trail. */
export const isAuditAction = (action: string | undefined): action is AuditAction =>
  auditActions.some((known) => known === action)

/** A fact as it is kept; never a secret. */
export type AuditValue = string | number | boolean | null | readonly string[]

/** Facts by name. */
export type AuditFacts = Readonly<Record<string, AuditValue>>

/** What is kept of a change beside who, when and where. */
export type AuditDetail = {
  /** what people called the subject then; it may be gone or renamed now */
  readonly name?: string
  /** what was changed, as it was */
  readonly before?: AuditFacts
  /** the same, as it is since */
  readonly after?: AuditFacts
  /** whatever else one would ask */
  readonly facts?: AuditFacts
}
