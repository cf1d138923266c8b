import type { AuditRow } from '@/lib/admin/audit/audit'
import type { AuditName } from '@/lib/admin/audit/views'

type Words = {
  /** label for the filter */
  readonly label: string
  /** continues a sentence that begins with the actor */
  readonly sentence: (row: AuditRow) => string
}

const name = ({ subjectName, subject }: AuditRow): string => subjectName ?? subject

const person = ({ facts }: AuditRow): string =>
  facts?.person ? ` in the name of ${facts.person}` : ''

/** An old or new value. */
const value = (row: AuditRow, when: 'before' | 'after', field: string): string =>
  String(row[when]?.[field] ?? row.facts?.[field] ?? 'unknown')

const many = (row: AuditRow, field: string, one: string): string => {
  const count = Number(row.facts?.[field] ?? 0)
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}

/** Every audit action in words; a new action without an entry fails to compile. */
export const auditWords: Readonly<Record<AuditName, Words>> = {
  'operator.created': {
    label: 'Set the server up',
    sentence: (row) => `set this server up, as its first admin ${name(row)}`,
  },
  'operator.invited': {
    label: 'Invited someone',
    sentence: (row) => `invited ${name(row)} as ${value(row, 'after', 'role')}`,
  },
  'operator.joined': {
    label: 'Joined',
    sentence: (row) =>
      row.facts?.provider
        ? `came from ${row.facts.provider} and got an account as ${value(row, 'after', 'role')}`
        : `accepted an invitation as ${value(row, 'after', 'role')}`,
  },
  'invite.withdrawn': {
    label: 'Withdrew a link',
    sentence: (row) => `withdrew the link for ${name(row)}`,
  },
  'user.role-changed': {
    label: 'Changed a role',
    sentence: (row) =>
      `changed the role of ${name(row)} from ${value(row, 'before', 'role')} to ${value(row, 'after', 'role')}`,
  },
  'user.disabled': {
    label: 'Disabled an account',
    sentence: (row) => `disabled the account of ${name(row)}`,
  },
  'user.enabled': {
    label: 'Enabled an account',
    sentence: (row) => `enabled the account of ${name(row)}`,
  },
  'password-link.created': {
    label: 'Made a password link',
    sentence: (row) => `made a link by which ${name(row)} can choose a new password`,
  },
  'user.password-changed': {
    label: 'Changed a password',
    sentence: () => 'chose a new password by a link',
  },
  'account.renamed': {
    label: 'Changed a name',
    sentence: (row) =>
      `changed the name of the account from ${value(row, 'before', 'name')} to ${value(row, 'after', 'name')}`,
  },
  'account.password-changed': {
    label: 'Changed their own password',
    sentence: (row) =>
      `chose a new password, which ended ${many(row, 'sessions', 'other session')}`,
  },
  'account.sessions-ended': {
    label: 'Signed browsers out',
    sentence: (row) => `signed ${name(row)} out of ${many(row, 'sessions', 'browser')}`,
  },
  'totp.enabled': {
    label: 'Switched one-time codes on',
    sentence: (row) => `switched one-time codes on for ${name(row)}`,
  },
  'totp.disabled': {
    label: 'Switched one-time codes off',
    sentence: (row) => `switched one-time codes off for ${name(row)}`,
  },
  'recovery-codes.replaced': {
    label: 'Made new recovery codes',
    sentence: (row) => `made new recovery codes for ${name(row)}`,
  },
  'identity.linked': {
    label: 'Linked a sign-in provider',
    sentence: (row) => `linked the account of ${name(row)} to ${value(row, 'after', 'provider')}`,
  },
  'passkey.added': {
    label: 'Added a passkey',
    sentence: (row) => `added the passkey ${name(row)}`,
  },
  'passkey.renamed': {
    label: 'Renamed a passkey',
    sentence: (row) =>
      `renamed the passkey ${value(row, 'before', 'name')} to ${value(row, 'after', 'name')}`,
  },
  'passkey.removed': {
    label: 'Removed a passkey',
    sentence: (row) => `removed the passkey ${name(row)}`,
  },
  'client.created': {
    label: 'Made a client',
    sentence: (row) => `made the client ${name(row)}`,
  },
  'client.disabled': {
    label: 'Disabled a client',
    sentence: (row) => `disabled the client ${name(row)}`,
  },
  'client.enabled': {
    label: 'Enabled a client',
    sentence: (row) => `enabled the client ${name(row)}`,
  },
  'client.secret-rotated': {
    label: 'Rotated a client secret',
    sentence: (row) => `gave the client ${name(row)} a new secret`,
  },
  'client.deleted': {
    label: 'Deleted a client',
    sentence: (row) => `deleted the client ${name(row)}`,
  },
  'clients.pruned': {
    label: 'Deleted unused clients',
    sentence: (row) => `deleted ${many(row, 'clients', 'client')} that nobody ever used`,
  },
  'consent.approved': {
    label: 'Approved a client',
    sentence: (row) => `approved the client ${name(row)}${person(row)}`,
  },
  'consent.denied': {
    label: 'Refused a client',
    sentence: (row) => `refused the client ${name(row)}${person(row)}`,
  },
  'consent.forgotten': {
    label: 'Forgot a remembered consent',
    sentence: (row) => `forgot the remembered answer to ${name(row)}, which has to ask again`,
  },
  'grant.renamed': {
    label: 'Renamed a connection',
    sentence: (row) =>
      row.after?.label
        ? `named the connection ${name(row)} “${row.after.label}”`
        : `took its own name from the connection ${name(row)}`,
  },
  'token.revoked': {
    label: 'Revoked a token',
    sentence: (row) => `revoked the ${value(row, 'after', 'kind')} token ${name(row)}`,
  },
  'grant.paused': {
    label: 'Paused a connection',
    sentence: (row) => `paused the connection of ${name(row)}${person(row)}`,
  },
  'grant.resumed': {
    label: 'Resumed a connection',
    sentence: (row) => `resumed the connection of ${name(row)}${person(row)}`,
  },
  'grant.revoked': {
    label: 'Revoked a connection',
    sentence: (row) => `revoked the connection of ${name(row)}${person(row)}`,
  },
  'grants.revoked': {
    label: 'Revoked every connection',
    sentence: (row) =>
      `revoked every connection: ${many(row, 'connections', 'connection')} to ${many(row, 'clients', 'client')}`,
  },
  'session.ended': {
    label: 'Ended a session',
    sentence: (row) => `ended a session of ${name(row)}${person(row)}`,
  },
  'key.rotated': {
    label: 'Rotated the signing key',
    sentence: () => 'rotated the signing key',
  },
  'share.created': {
    label: 'Shared a handshake',
    sentence: (row) => `shared the handshake ${name(row)} by a link`,
  },
  'share.withdrawn': {
    label: 'Withdrew a share',
    sentence: (row) => `withdrew the link to the handshake ${name(row)}`,
  },
  'alert.tested': {
    label: 'Tested an alert',
    sentence: (row) => `sent a test alert by ${name(row)}`,
  },
  'settings.changed': {
    label: 'Changed settings',
    sentence: () => 'changed the settings of this server',
  },
}

const isKnown = (action: string): action is AuditName => Object.hasOwn(auditWords, action)

/** What the actor did, continuing a sentence that begins with the actor. */
export const auditSentence = (row: AuditRow): string =>
  isKnown(row.action) ? auditWords[row.action].sentence(row) : `${row.action}: ${name(row)}`
