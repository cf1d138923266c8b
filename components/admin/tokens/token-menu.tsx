'use client'
import { Activity, KeyRound, Plug, Trash2 } from 'lucide-react'
import { ConfirmDialog, useDialogs } from '@/components/kit/confirm-dialog'
import { hrefOf, shortId } from '@/components/kit/list/hrefs'
import { type MenuItem, RowMenu } from '@/components/kit/row-menu'
import type { revokeToken } from '@/lib/admin/tokens/page'
import type { TokenRow } from '@/lib/admin/tokens/tokens'

const means: Record<TokenRow['kind'], string> = {
  access:
    'It is refused from the next request on. The connection goes on: with its refresh token the client gets another one at once.',
  refresh:
    'The client cannot exchange it any more. What it has goes on until the access token expires; then it has to be connected and allowed again.',
}

const placesOf = ({ id, grantId }: TokenRow): readonly MenuItem[] => [
  { label: 'Show its lineage', icon: KeyRound, href: `/admin/tokens/${id}` },
  { label: 'Show its connection', icon: Plug, href: `/admin/connections/${grantId}` },
  { label: 'Show in the log', icon: Activity, href: hrefOf('/admin/log', { grant: grantId }) },
]

export type TokenMenuProps = {
  readonly token: TokenRow
  /** absent for viewers */
  readonly actions?: { readonly revoke: typeof revokeToken }
}

/** The actions on one token. */
export function TokenMenu({ token, actions }: TokenMenuProps) {
  const { trigger, ask, asked } = useDialogs<'revoke'>()
  const { id, kind, clientName, userEmail, state } = token
  const isLive = state === 'active' || state === 'unused'
  const revoke: MenuItem = {
    label: 'Revoke…',
    icon: Trash2,
    tone: 'bad',
    onSelect: () => ask('revoke'),
  }
  return (
    <>
      <RowMenu
        name={`the ${kind} token of ${clientName}, id ending in ${shortId(id)}`}
        trigger={trigger}
        groups={[placesOf(token), actions && isLive ? [revoke] : []]}
      />
      {actions ? (
        <ConfirmDialog
          title={`Revoke this ${kind} token of ${clientName}?`}
          keep="Keep it"
          confirm="Revoke token"
          busy="Revoking…"
          onConfirm={() => actions.revoke(id)}
          {...asked('revoke')}
        >
          <p>
            It was issued for what <strong className="text-ink">{userEmail}</strong> allowed.{' '}
            {means[kind]}
          </p>
          <p>
            This cannot be undone. To keep the client out, pause or revoke its connection instead.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
