import { Plug } from 'lucide-react'
import { ConnectionState } from '@/components/kit/connection-state'
import { Identity } from '@/components/kit/identity'
import { MoreLink } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import { TitledCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

function Activity({ connection }: { connection: ConnectionRow }) {
  const { lastActiveAt, createdAt } = connection
  return (
    <span className="text-muted text-xs">
      {lastActiveAt ? 'last active ' : 'allowed '}
      <RelativeTime at={lastActiveAt ?? createdAt} />
    </span>
  )
}

const empty = (
  <EmptyState icon={Plug} title="Nothing has connected yet" className="py-10">
    Paste the address above into Claude. Its first steps show up in the live log within a second,
    and the connection appears here once you have allowed it.
  </EmptyState>
)

export function RecentConnections({ connections }: { connections: readonly ConnectionRow[] }) {
  return (
    <TitledCard
      title="Recent connections"
      beside={<MoreLink href="/admin/connections">All connections</MoreLink>}
      header="border-b"
    >
      {connections.length === 0 ? empty : null}
      <ul className="divide-y">
        {connections.map((connection) => (
          <li key={connection.id} className="flex items-center justify-between gap-3 px-4 py-2.5">
            <Identity
              name={connection.clientName}
              href={hrefOf('/admin/log', { grant: connection.id })}
              under={connection.userEmail}
            />
            <span className="grid shrink-0 justify-items-end gap-0.5">
              <ConnectionState connection={connection} />
              <Activity connection={connection} />
            </span>
          </li>
        ))}
      </ul>
    </TitledCard>
  )
}
