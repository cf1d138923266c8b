import Link from 'next/link'
import type { ComponentProps } from 'react'
import { hrefOf } from '@/components/kit/list/hrefs'
import { Badge } from '@/components/ui/badge'
import { NumberText } from '@/components/ui/locale'
import type { ClientRow } from '@/lib/admin/clients/clients'
import { redirectHost } from '@/lib/oauth/redirect-uri'

/** How a client registered, in words. */
export const kinds: Record<ClientRow['kind'], { label: string; title: string }> = {
  dynamic: { label: 'Registered itself', title: 'Dynamic client registration, RFC 7591' },
  metadata_document: {
    label: 'Published document',
    title: 'OAuth Client ID Metadata Document: the id is the address of its description',
  },
  registered: { label: 'Added by an admin', title: 'Made in this dashboard' },
}

const states: Record<ClientRow['state'], ComponentProps<typeof Badge>> = {
  active: { tone: 'ok', dot: true, children: 'Active' },
  'never used': { children: 'Never used' },
  disabled: { tone: 'bad', children: 'Disabled' },
}

/** The redirect hosts. */
export function Redirects({ client }: { client: ClientRow }) {
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

/** The number of active connections, linked to their list. */
export function Connections({ client }: { client: ClientRow }) {
  if (client.activeConnections === 0) return <span className="text-muted">0</span>
  // no list shows the connections of several clients
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

/** Whether a client is enabled. */
export const ClientState = ({ state }: Pick<ClientRow, 'state'>) => <Badge {...states[state]} />
