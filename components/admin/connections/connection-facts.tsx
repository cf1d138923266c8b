import Link from 'next/link'
import { CopyableId } from '@/components/kit/copyable-id'
import { clientHref } from '@/components/kit/list/hrefs'
import { Moment } from '@/components/kit/moment'
import { RecordFacts } from '@/components/kit/records/facts'
import { Badge } from '@/components/ui/badge'
import type { ConnectionPage } from '@/lib/admin/record-views'
import { RefreshState } from './refresh-state'

const link = 'text-accent-ink underline decoration-accent-line underline-offset-4'

export function ConnectionFacts({ page }: { readonly page: ConnectionPage }) {
  const { connection, resource, redirectUri, note } = page
  const { clientId, clientName, verifiedDomain, scopes, madeFor } = connection
  return (
    <RecordFacts
      facts={[
        {
          label: 'Client',
          value: (
            <Link href={clientHref(clientId)} className={link}>
              {clientName}
            </Link>
          ),
        },
        {
          label: 'Identity',
          value: verifiedDomain ? `Verified: published by ${verifiedDomain}` : 'As the client says',
        },
        { label: 'Allowed by', value: connection.userEmail },
        { label: 'Allowed', value: <Moment at={connection.createdAt} /> },
        { label: 'Last active', value: <Moment at={connection.lastActiveAt} /> },
        {
          label: 'Refreshes',
          value: note ? <RefreshState note={note} /> : 'Nothing remarkable',
        },
        {
          label: 'Scopes',
          value: (
            <span className="flex flex-wrap gap-1">
              {scopes.map((scope) => (
                <Badge key={scope} mono>
                  {scope}
                </Badge>
              ))}
            </span>
          ),
        },
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
