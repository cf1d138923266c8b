import Link from 'next/link'
import { CopyableId } from '@/components/kit/copyable-id'
import { clientHref } from '@/components/kit/list/hrefs'
import { Moment } from '@/components/kit/moment'
import { PageHeader } from '@/components/kit/page-header'
import { RecordFacts } from '@/components/kit/records/facts'
import { scopesOf } from '@/components/kit/scopes'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import type { TokenPage } from '@/lib/admin/record-views'
import type { TokenRow } from '@/lib/admin/tokens/tokens'
import { Lineage } from './lineage'
import type { TokenActions } from './token-actions'
import { TokenMenu } from './token-menu'
import { TokenState } from './token-state'

const link = 'text-accent-ink underline decoration-accent-line underline-offset-4'

function Facts({ token }: { readonly token: TokenRow }) {
  return (
    <RecordFacts
      facts={[
        { label: 'Token id', value: <CopyableId id={token.id} what="token id" /> },
        {
          label: 'Client',
          value: (
            <Link href={clientHref(token.clientId)} className={link}>
              {token.clientName}
            </Link>
          ),
        },
        { label: 'Allowed by', value: token.userEmail },
        {
          label: 'Connection',
          value: (
            <Link href={`/admin/connections/${token.grantId}`} className={link}>
              Show it
            </Link>
          ),
        },
        { label: 'Issued', value: <Moment at={token.issuedAt} /> },
        { label: 'Expires', value: <Moment at={token.expiresAt} /> },
        { label: 'First used', value: <Moment at={token.firstUsedAt} /> },
        { label: 'Last used', value: <Moment at={token.lastUsedAt} /> },
        {
          label: 'Scopes',
          value: (
            <span className="flex flex-wrap gap-1">
              {scopesOf(token.scope).map((scope) => (
                <Badge key={scope} mono>
                  {scope}
                </Badge>
              ))}
            </span>
          ),
        },
      ]}
    />
  )
}

type TokenViewProps = {
  readonly page: TokenPage
  /** absent for viewers */
  readonly actions?: TokenActions
}

/** Everything about one token except its value, which is not stored. */
export function TokenView({ page, actions }: TokenViewProps) {
  const { token } = page
  const kind = token.kind === 'access' ? 'Access token' : 'Refresh token'
  return (
    <>
      <PageHeader
        title={
          <>
            {kind}
            <TokenState state={token.state} />
          </>
        }
        description={`Issued to ${token.clientName} for what ${token.userEmail} allowed. The token itself is not stored.`}
        actions={<TokenMenu token={token} actions={actions} />}
      />
      {token.state === 'unused' ? (
        <Callout tone="warn">
          It was issued, and no request to /mcp has come with it: the sign-in worked and the first
          call did not come.
        </Callout>
      ) : null}
      <Facts token={token} />
      <Lineage page={page} />
    </>
  )
}
