import Link from 'next/link'
import { CopyableId } from '@/components/admin/copyable-id'
import { Identity } from '@/components/admin/identity'
import type { Column } from '@/components/admin/list/data-table'
import { clientHref, hrefOf } from '@/components/admin/list/hrefs'
import { Moment } from '@/components/admin/moment'
import { Badge } from '@/components/ui/badge'
import { NumberText } from '@/components/ui/locale'
import { StatusDot } from '@/components/ui/status-dot'
import type { ClientRow } from '@/lib/admin/views'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import type { ClientActions } from './client-actions'
import { ClientMenu } from './client-menu'

/** How a client makes itself known, in words. */
export const kinds: Record<ClientRow['kind'], { label: string; title: string }> = {
  dynamic: { label: 'Registered itself', title: 'Dynamic client registration, RFC 7591' },
  metadata_document: {
    label: 'Published document',
    title: 'OAuth Client ID Metadata Document: the id is the address of its description',
  },
  registered: { label: 'Added by an admin', title: 'Made in this dashboard' },
}

const states: Record<ClientRow['state'], { label: string; tone: 'ok' | 'neutral' | 'bad' }> = {
  active: { label: 'Active', tone: 'ok' },
  'never used': { label: 'Never used', tone: 'neutral' },
  disabled: { label: 'Disabled', tone: 'bad' },
}

function Redirects({ client }: { client: ClientRow }) {
  const { redirectUris, refusedRedirects } = client
  const hosts = [...new Set(redirectUris.map(redirectHost))]
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={redirectUris.join('\n')}>
      <span className="max-w-44 truncate">{hosts[0] ?? 'none'}</span>
      {hosts.length > 1 ? <Badge>+{hosts.length - 1}</Badge> : null}
      {refusedRedirects.length > 0 ? <Badge tone="bad">Refused</Badge> : null}
    </span>
  )
}

function Connections({ client }: { client: ClientRow }) {
  if (client.activeConnections === 0) return <span className="text-muted">0</span>
  // the connections of several clients are in no one list
  if (client.kin) return <NumberText value={client.activeConnections} />
  return (
    <Link
      href={hrefOf('/admin/connections', { client: client.id })}
      aria-label={`Active connections of ${client.name}: ${client.activeConnections}`}
      className="text-accent-ink underline underline-offset-4"
    >
      {client.activeConnections}
    </Link>
  )
}

/** Whether a client may ask. */
export function ClientState({ state }: { state: ClientRow['state'] }) {
  const { label, tone } = states[state]
  return (
    <Badge tone={tone}>
      {tone === 'ok' ? <StatusDot tone="ok" className="size-1.5" /> : null}
      {label}
    </Badge>
  )
}

const facts: readonly Column<ClientRow>[] = [
  {
    id: 'name',
    header: 'Client',
    lead: true,
    className: 'md:max-w-56 xl:max-w-72',
    cell: (row) => (
      <Identity
        name={row.name}
        href={row.kin ? hrefOf('/admin/clients', { kin: row.kin }) : clientHref(row.id)}
        under={
          row.kin ? (
            `${row.clients.toLocaleString('en')} registrations of the same app`
          ) : (
            <CopyableId id={row.id} what="client id" />
          )
        }
        verifiedDomain={row.verifiedDomain}
        mark={row.kin ? <Badge>×{row.clients.toLocaleString('en')}</Badge> : null}
      />
    ),
  },
  {
    id: 'kind',
    header: 'Identified by',
    cell: (row) => <span title={kinds[row.kind].title}>{kinds[row.kind].label}</span>,
  },
  { id: 'state', header: 'State', cell: (row) => <ClientState state={row.state} /> },
  {
    id: 'auth',
    wide: true,
    header: 'Authenticates by',
    cell: (row) => <span className="font-mono text-xs">{row.authMethod}</span>,
  },
  { id: 'redirects', header: 'Returns to', cell: (row) => <Redirects client={row} /> },
  {
    id: 'connections',
    header: 'Connections',
    align: 'right',
    cell: (row) => <Connections client={row} />,
  },
  { id: 'used', header: 'Last used', cell: (row) => <Moment at={row.lastUsedAt} /> },
  { id: 'created', wide: true, header: 'First seen', cell: (row) => <Moment at={row.createdAt} /> },
]

/** The columns of the clients. @param actions absent for those who are not admins */
export const clientColumns = (actions?: ClientActions): readonly Column<ClientRow>[] => {
  if (!actions) return facts
  const cell = (row: ClientRow) => (row.kin ? null : <ClientMenu client={row} actions={actions} />)
  return [...facts, { id: 'actions', header: 'Actions', actions: true, cell }]
}
