'use client'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { notify } from '@/components/kit/outcome'
import type { TokenRow } from '@/lib/admin/tokens/tokens'
import type { TokenActions } from './token-actions'

const means: Record<TokenRow['kind'], string> = {
  access:
    'It is refused from the next request on. The connection goes on: with its refresh token the client gets another one at once.',
  refresh:
    'The client cannot exchange it any more. What it has goes on until the access token expires; then it has to be connected and allowed again.',
}

type RevokeTokenProps = TokenActions & {
  readonly token: TokenRow
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** restores the focus after closing */
  readonly onClosed: () => void
}

/** Confirms the revocation of one token: what happens, and whom it affects. */
export function RevokeToken({ token, revoke, ...dialog }: RevokeTokenProps) {
  const { id, kind, clientName, userEmail } = token
  return (
    <ConfirmDialog
      title={`Revoke this ${kind} token of ${clientName}?`}
      keep="Keep it"
      confirm="Revoke token"
      busy="Revoking…"
      onConfirm={async () => notify(await revoke(id))}
      {...dialog}
    >
      <p>
        It was issued for what <strong className="text-ink">{userEmail}</strong> allowed.{' '}
        {means[kind]}
      </p>
      <p>This cannot be undone. To keep the client out, pause or revoke its connection instead.</p>
    </ConfirmDialog>
  )
}
