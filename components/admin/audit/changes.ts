import type { AuditRow } from '@/lib/admin/audit/audit'

/** What the members of an entry are called; a member without a name is shown by its own. */
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

/** One value that changed; an absent side was not there. */
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

/** What a member of an entry is called, by its name. */
export type FieldWords = Readonly<Record<string, string>>

/** What changed, member by member. @param settings what settings are called */
export function changesOf({ before, after }: AuditRow, settings: FieldWords): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].map((name) => ({
    field: fields[name] ?? settings[name] ?? name,
    before: text(before?.[name]),
    after: text(after?.[name]),
  }))
}
