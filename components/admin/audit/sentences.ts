import type { AuditRow } from '@/lib/admin/audit/audit'
import type { AuditAction } from '@/lib/store/audit/actions'

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

const says = (label: string, sentence: Words['sentence']): Words => ({ label, sentence })

/** Every audit action in words; a new action without an entry fails to compile. */
export const auditWords: Readonly<Record<AuditAction, Words>> = {
  'operator.created': says(
    'Set the server up',
    (row) => `set this server up, as its first admin ${name(row)}`,
  ),
  'operator.invited': says(
    'Invited someone',
    (row) => `invited ${name(row)} as ${value(row, 'after', 'role')}`,
  ),
  'operator.joined': says('Joined', (row) =>
    row.facts?.provider
      ? `came from ${row.facts.provider} and got an account as ${value(row, 'after', 'role')}`
      : `accepted an invitation as ${value(row, 'after', 'role')}`,
  ),
  'invite.withdrawn': says('Withdrew a link', (row) => `withdrew the link for ${name(row)}`),
  'user.role-changed': says(
    'Changed a role',
    (row) =>
      `changed the role of ${name(row)} from ${value(row, 'before', 'role')} to ${value(row, 'after', 'role')}`,
  ),
  'user.disabled': says('Disabled an account', (row) => `disabled the account of ${name(row)}`),
  'user.enabled': says('Enabled an account', (row) => `enabled the account of ${name(row)}`),
  'password-link.created': says(
    'Made a password link',
    (row) => `made a link by which ${name(row)} can choose a new password`,
  ),
  'user.password-changed': says('Changed a password', () => 'chose a new password by a link'),
  'account.renamed': says(
    'Changed a name',
    (row) =>
      `changed the name of the account from ${value(row, 'before', 'name')} to ${value(row, 'after', 'name')}`,
  ),
  'account.password-changed': says(
    'Changed their own password',
    (row) => `chose a new password, which ended ${many(row, 'sessions', 'other session')}`,
  ),
  'account.sessions-ended': says(
    'Signed browsers out',
    (row) => `signed ${name(row)} out of ${many(row, 'sessions', 'browser')}`,
  ),
  'totp.enabled': says(
    'Switched one-time codes on',
    (row) => `switched one-time codes on for ${name(row)}`,
  ),
  'totp.disabled': says(
    'Switched one-time codes off',
    (row) => `switched one-time codes off for ${name(row)}`,
  ),
  'recovery-codes.replaced': says(
    'Made new recovery codes',
    (row) => `made new recovery codes for ${name(row)}`,
  ),
  'identity.linked': says(
    'Linked a sign-in provider',
    (row) => `linked the account of ${name(row)} to ${value(row, 'after', 'provider')}`,
  ),
  'passkey.added': says('Added a passkey', (row) => `added the passkey ${name(row)}`),
  'passkey.renamed': says(
    'Renamed a passkey',
    (row) =>
      `renamed the passkey ${value(row, 'before', 'name')} to ${value(row, 'after', 'name')}`,
  ),
  'passkey.removed': says('Removed a passkey', (row) => `removed the passkey ${name(row)}`),
  'client.created': says('Made a client', (row) => `made the client ${name(row)}`),
  'client.disabled': says('Disabled a client', (row) => `disabled the client ${name(row)}`),
  'client.enabled': says('Enabled a client', (row) => `enabled the client ${name(row)}`),
  'client.secret-rotated': says(
    'Rotated a client secret',
    (row) => `gave the client ${name(row)} a new secret`,
  ),
  'client.deleted': says('Deleted a client', (row) => `deleted the client ${name(row)}`),
  'clients.pruned': says(
    'Deleted unused clients',
    (row) => `deleted ${many(row, 'clients', 'client')} that nobody ever used`,
  ),
  'consent.approved': says(
    'Approved a client',
    (row) => `approved the client ${name(row)}${person(row)}`,
  ),
  'consent.denied': says(
    'Refused a client',
    (row) => `refused the client ${name(row)}${person(row)}`,
  ),
  'consent.forgotten': says(
    'Forgot a remembered consent',
    (row) => `forgot the remembered answer to ${name(row)}, which has to ask again`,
  ),
  'grant.renamed': says('Renamed a connection', (row) =>
    row.after?.label
      ? `named the connection ${name(row)} “${row.after.label}”`
      : `took its own name from the connection ${name(row)}`,
  ),
  'token.revoked': says(
    'Revoked a token',
    (row) => `revoked the ${value(row, 'after', 'kind')} token ${name(row)}`,
  ),
  'grant.paused': says(
    'Paused a connection',
    (row) => `paused the connection of ${name(row)}${person(row)}`,
  ),
  'grant.resumed': says(
    'Resumed a connection',
    (row) => `resumed the connection of ${name(row)}${person(row)}`,
  ),
  'grant.revoked': says(
    'Revoked a connection',
    (row) => `revoked the connection of ${name(row)}${person(row)}`,
  ),
  'grants.revoked': says(
    'Revoked every connection',
    (row) =>
      `revoked every connection: ${many(row, 'connections', 'connection')} to ${many(row, 'clients', 'client')}`,
  ),
  'session.ended': says(
    'Ended a session',
    (row) => `ended a session of ${name(row)}${person(row)}`,
  ),
  'key.rotated': says('Rotated the signing key', () => 'rotated the signing key'),
  'share.created': says(
    'Shared a handshake',
    (row) => `shared the handshake ${name(row)} by a link`,
  ),
  'share.withdrawn': says(
    'Withdrew a share',
    (row) => `withdrew the link to the handshake ${name(row)}`,
  ),
  'alert.tested': says('Tested an alert', (row) => `sent a test alert by ${name(row)}`),
  'settings.changed': says('Changed settings', () => 'changed the settings of this server'),
}

const isKnown = (action: string): action is AuditAction => Object.hasOwn(auditWords, action)

/** What the actor did, continuing a sentence that begins with the actor. */
export const auditSentence = (row: AuditRow): string =>
  isKnown(row.action) ? auditWords[row.action].sentence(row) : `${row.action}: ${name(row)}`
