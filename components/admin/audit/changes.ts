import type { AuditRow } from '@/lib/admin/audit/audit'

/** Labels of an entry's members; a member without one shows its own name. */
const fields: FieldWords = {
  role: 'Role',
  state: 'State',
  expiresAt: 'Expires',
  redirectUris: 'Redirect URIs',
  grantTypes: 'Grant types',
  authMethod: 'Authentication',
  kind: 'Kind',
  activeConnections: 'Active connections',
  secretsReplaced: 'Secrets replaced',
  signingKey: 'Signing key',
  person: 'In the name of',
  connections: 'Connections',
  people: 'People',
  clients: 'Clients',
}

/** One changed value; an absent side had no value. */
export type Change = {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none'
  return typeof value === 'number' ? value.toLocaleString('en') : String(value)
}

/** The label of an entry's member. */
export type FieldWords = Readonly<Record<string, string>>

/** The changes of an entry, by member. @param settings labels of settings */
export function changesOf({ before, after }: AuditRow, settings: FieldWords): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].map((name) => ({
    field: fields[name] ?? settings[name] ?? name,
    before: text(before?.[name]),
    after: text(after?.[name]),
  }))
}
