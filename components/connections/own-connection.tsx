import { ArrowLeft } from 'lucide-react'
import { ConnectionTitle } from '@/components/kit/connection-name'
import { ConnectionState } from '@/components/kit/connection-state'
import { LinkButton } from '@/components/kit/links'
import { Moment } from '@/components/kit/moment'
import { PageHeader } from '@/components/kit/page-header'
import { RecordFacts } from '@/components/kit/records/facts'
import { AllScopes } from '@/components/kit/scopes'
import { Callout } from '@/components/ui/callout'
import { NumberText } from '@/components/ui/locale'
import type { HistoryRow } from '@/lib/admin/account/history'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import type { PageOf } from '@/lib/admin/views'
import { History } from './history'
import { OwnChanges, type OwnForms } from './own-changes'

function Facts({ connection }: { readonly connection: ConnectionRow }) {
  const { clientName, verifiedDomain, redirectHost, scopes, madeFor } = connection
  return (
    <RecordFacts
      facts={[
        { label: 'App', value: clientName },
        {
          label: 'Identity',
          value: verifiedDomain ? `Verified: published by ${verifiedDomain}` : 'As the app says',
        },
        { label: 'Returns to', value: redirectHost || 'Nowhere: it acts for itself' },
        ...(madeFor
          ? [{ label: 'Made for', value: `${madeFor}, an earlier address of this server` }]
          : []),
        { label: 'Allowed', value: <Moment at={connection.createdAt} /> },
        { label: 'Last active', value: <Moment at={connection.lastActiveAt} /> },
        { label: 'Calls in 30 days', value: <NumberText value={connection.callsLately} /> },
        { label: 'May', value: <AllScopes scopes={scopes} /> },
      ]}
    />
  )
}

type OwnConnectionProps = {
  readonly connection: ConnectionRow
  readonly history: PageOf<HistoryRow>
  readonly cursor: string | undefined
  readonly notice: string | null
  readonly forms: OwnForms
}

/** One of the user's connections; works without JavaScript. */
export function OwnConnection(props: OwnConnectionProps) {
  const { connection, history, cursor, notice, forms } = props
  const path = `/connections/${connection.id}`
  return (
    <>
      <LinkButton
        href="/connections"
        variant="ghost"
        className="-ml-3 justify-self-start"
        icon={ArrowLeft}
      >
        Your connections
      </LinkButton>
      <PageHeader
        title={
          <>
            <ConnectionTitle connection={connection} />
            <ConnectionState connection={connection} />
          </>
        }
        description={`What you allowed ${connection.clientName}, and what became of it.`}
      />
      {notice ? (
        <Callout tone="ok" role="status">
          {notice}
        </Callout>
      ) : null}
      <Facts connection={connection} />
      <OwnChanges connection={connection} forms={forms} />
      <History page={history} path={path} query={{ cursor }} />
    </>
  )
}
