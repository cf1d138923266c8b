import { CopyableId } from '@/components/kit/copyable-id'
import { TextLink } from '@/components/kit/links'
import { clientHref } from '@/components/kit/list/hrefs'
import { Moment } from '@/components/kit/moment'
import { PageHeader } from '@/components/kit/page-header'
import { RecordFacts } from '@/components/kit/records/facts'
import { AllScopes, scopesOf } from '@/components/kit/scopes'
import { Callout } from '@/components/ui/callout'
import type { TokenPage } from '@/lib/admin/tokens/page'
import type { TokenRow } from '@/lib/admin/tokens/tokens'
import { Lineage } from './lineage'
import { TokenMenu, type TokenMenuProps } from './token-menu'
import { TokenState } from './token-state'

function Facts({ token }: { readonly token: TokenRow }) {
  return (
    <RecordFacts
      facts={[
        { label: 'Token id', value: <CopyableId id={token.id} what="token id" /> },
        {
          label: 'Client',
          value: <TextLink href={clientHref(token.clientId)}>{token.clientName}</TextLink>,
        },
        { label: 'Allowed by', value: token.userEmail },
        {
          label: 'Connection',
          value: <TextLink href={`/admin/connections/${token.grantId}`}>Show it</TextLink>,
        },
        { label: 'Issued', value: <Moment at={token.issuedAt} /> },
        { label: 'Expires', value: <Moment at={token.expiresAt} /> },
        { label: 'First used', value: <Moment at={token.firstUsedAt} /> },
        { label: 'Last used', value: <Moment at={token.lastUsedAt} /> },
        { label: 'Scopes', value: <AllScopes scopes={scopesOf(token.scope)} /> },
      ]}
    />
  )
}

type TokenViewProps = Pick<TokenMenuProps, 'actions'> & { readonly page: TokenPage }

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
