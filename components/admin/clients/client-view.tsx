import { Activity, Handshake } from 'lucide-react'
import Link from 'next/link'
import { ConnectionState } from '@/components/kit/connection-state'
import { LinkButton } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import { PageHeader } from '@/components/kit/page-header'
import { RecordList } from '@/components/kit/records/record-list'
import { TitledCard } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ClientPage } from '@/lib/admin/clients/page'
import type { ClientActions } from './client-actions'
import { ClientState } from './client-cells'
import { ClientFacts } from './client-facts'
import { ClientMenu } from './client-menu'
import { VersionList } from './version-list'

function Connections({ page }: { readonly page: ClientPage }) {
  return (
    <RecordList
      title="Connections"
      none="Nobody has allowed it anything yet."
      href={hrefOf('/admin/connections', { client: page.client.id })}
      all="All connections"
      lines={page.connections.map((row) => ({
        id: row.id,
        lead: (
          <>
            <ConnectionState connection={row} />
            <Link
              href={`/admin/connections/${row.id}`}
              prefetch={false}
              className="truncate font-medium underline-offset-4 hover:underline"
            >
              {row.label ?? row.userEmail}
            </Link>
          </>
        ),
        rest: row.label ? row.userEmail : row.scopes.join(' '),
        end: <RelativeTime at={row.lastActiveAt ?? row.createdAt} />,
      }))}
    />
  )
}

type ClientViewProps = {
  readonly page: ClientPage
  /** absent for non-admins */
  readonly actions?: ClientActions
}

/** Everything about one client, and the actions on it. */
export function ClientView({ page, actions }: ClientViewProps) {
  const { client } = page
  return (
    <>
      <PageHeader
        title={
          <>
            <span className="wrap-anywhere min-w-0">{client.name}</span>
            <ClientState state={client.state} />
          </>
        }
        description="What it says of itself, who allowed it what, and how it changed."
        actions={
          <span className="flex flex-wrap items-center gap-2">
            <LinkButton
              href={hrefOf('/admin/log', { client: client.id })}
              variant="ghost"
              icon={Activity}
            >
              Show in the log
            </LinkButton>
            <LinkButton
              href={hrefOf('/admin/handshakes', { client: client.id })}
              variant="ghost"
              icon={Handshake}
            >
              Handshakes
            </LinkButton>
            {actions ? <ClientMenu client={client} actions={actions} /> : null}
          </span>
        }
      />
      <ClientFacts page={page} />
      <Connections page={page} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <VersionList versions={page.versions} />
        <TitledCard title="Metadata as registered" header="border-b">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
          <pre tabIndex={0} className="max-h-96 overflow-auto px-4 py-3 font-mono text-xs">
            {page.metadata}
          </pre>
        </TitledCard>
      </div>
    </>
  )
}
