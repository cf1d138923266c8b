import { canReachFromOutside } from '@/components/admin/overview/reach'
import { Copyable } from '@/components/kit/copyable'
import { hrefOf } from '@/components/kit/list/hrefs'
import { PageHeader } from '@/components/kit/page-header'
import { Card } from '@/components/ui/card'
import type { ConnectData as View } from '@/lib/admin/connect/connect'
import { ChecklistCard } from './checklist-card'
import { ClientTabs } from './client-tabs'
import { connectClient } from './clients'
import { OwnClient } from './own-client'
import { ReachNote } from './reach-note'

/** A name for commands and files: lower case, letters, digits and hyphens. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'portico'

function Address({ mcpUrl }: { mcpUrl: string }) {
  return (
    <Card className="grid gap-3 p-4 sm:p-5" aria-labelledby="address">
      <h2 id="address" className="font-semibold text-lg">
        The address to paste
      </h2>
      <Copyable value={mcpUrl} what="MCP address" large />
      <p className="text-muted text-sm">
        A client needs only this. It finds the rest by itself, and brings you back here to allow it.
      </p>
    </Card>
  )
}

/** How to connect a client: the address, where to paste it, and live progress. */
export function ConnectView({ view, client: id }: { view: View; client: string | undefined }) {
  const { mcpUrl, serverName, since, mayMakeClients } = view
  const client = connectClient(id)
  const Steps = client.guide
  return (
    <>
      <PageHeader
        title="Connect"
        description={`Connect Claude or another MCP client to ${serverName}.`}
      />
      <Address mcpUrl={mcpUrl} />
      {canReachFromOutside(mcpUrl) ? null : <ReachNote mcpUrl={mcpUrl} />}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <Card>
          <ClientTabs chosen={client.id} since={since} />
          <div className="grid gap-4 p-4 sm:p-5">
            <h2 className="font-semibold text-lg">{client.title}</h2>
            <Steps mcpUrl={mcpUrl} slug={slugOf(serverName)} />
          </div>
          <OwnClient client={client} canCreate={mayMakeClients} />
        </Card>
        <ChecklistCard view={view} another={hrefOf('/admin/connect', { client: client.id })} />
      </div>
    </>
  )
}
