import { ArrowRight } from 'lucide-react'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AuditRow } from '@/lib/admin/audit/audit'

/** The labels of an entry's members. */
type FieldWords = Readonly<Record<string, string>>

/** A member without a label shows its own name. */
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
type Change = {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none'
  return typeof value === 'number' ? value.toLocaleString('en') : String(value)
}

/** The changes of an entry, by member. @param settings labels of settings */
function changesOf({ before, after }: AuditRow, settings: FieldWords): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].map((name) => ({
    field: fields[name] ?? settings[name] ?? name,
    before: text(before?.[name]),
    after: text(after?.[name]),
  }))
}

const isMoment = (value: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)

function Value({ children }: { children: string }) {
  if (isMoment(children)) return <RelativeTime at={children} className="text-ink" />
  return <span className="wrap-anywhere font-mono text-ink">{children}</span>
}

/** Old and new values, one line each. */
export function ChangeList({ row, settings }: { row: AuditRow; settings: FieldWords }) {
  const changes = changesOf(row, settings)
  if (changes.length === 0) return null
  return (
    <ul className="mt-1 grid gap-0.5 text-muted text-xs">
      {changes.map(({ field, before, after }) => (
        <li key={field} className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
          <span>{field}</span>
          {before === null ? null : <Value>{before}</Value>}
          {before === null ? null : after === null ? null : (
            <>
              <ArrowRight aria-hidden className="size-3 self-center" />
              <span className="sr-only">became</span>
            </>
          )}
          {after === null ? null : <Value>{after}</Value>}
        </li>
      ))}
    </ul>
  )
}
