import { CopyableId } from '@/components/kit/copyable-id'
import { TextLink } from '@/components/kit/links'
import { clientHref } from '@/components/kit/list/hrefs'
import { Moment } from '@/components/kit/moment'
import { RecordFacts } from '@/components/kit/records/facts'
import { AllScopes } from '@/components/kit/scopes'
import type { ConnectionPage } from '@/lib/admin/connections/page'
import { RefreshState } from './refresh-state'

export function ConnectionFacts({ page }: { readonly page: ConnectionPage }) {
  const { connection, resource, redirectUri, note } = page
  const { clientId, clientName, verifiedDomain, scopes, madeFor } = connection
  return (
    <RecordFacts
      facts={[
        { label: 'Client', value: <TextLink href={clientHref(clientId)}>{clientName}</TextLink> },
        {
          label: 'Identity',
          value: verifiedDomain ? `Verified: published by ${verifiedDomain}` : 'As the client says',
        },
        { label: 'Allowed by', value: connection.userEmail },
        { label: 'Allowed', value: <Moment at={connection.createdAt} /> },
        { label: 'Last active', value: <Moment at={connection.lastActiveAt} /> },
        { label: 'Refreshes', value: note ? <RefreshState note={note} /> : 'Nothing unusual' },
        { label: 'Scopes', value: <AllScopes scopes={scopes} /> },
        {
          label: 'May use',
          value: madeFor ? `${resource} (made for an earlier address of this server)` : resource,
        },
        { label: 'Returns to', value: redirectUri ?? 'Nowhere: the client acts for itself' },
        { label: 'Connection id', value: <CopyableId id={connection.id} what="connection id" /> },
      ]}
    />
  )
}
