'use client'
import { Link2 } from 'lucide-react'
import { useTransition } from 'react'
import { showResult } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ShareRow } from '@/lib/admin/handshakes/shares'
import type { ShareActions } from './share-actions'

type WithdrawProps = Pick<ShareActions, 'withdraw'> & { readonly share: ShareRow }

function Withdraw({ share, withdraw }: WithdrawProps) {
  const [busy, start] = useTransition()
  return (
    <Button
      size="sm"
      disabled={busy}
      aria-label={`Withdraw the link made ${share.createdAt.toISOString()}`}
      onClick={() => start(async () => showResult(await withdraw(share.id)))}
    >
      {busy ? 'Withdrawing…' : 'Withdraw'}
    </Button>
  )
}

type ShareListProps = {
  readonly shares: readonly ShareRow[]
  /** absent for viewers */
  readonly withdraw?: ShareActions['withdraw']
}

/** The active links to this handshake. */
export function ShareList({ shares, withdraw }: ShareListProps) {
  if (shares.length === 0) return null
  return (
    <Card>
      <CardHeader className="border-b">
        <CardTitle>Shared by link</CardTitle>
      </CardHeader>
      <ul className="divide-y">
        {shares.map((share) => (
          <li
            key={share.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm"
          >
            <Link2 aria-hidden className="size-4 text-muted" />
            <span className="min-w-0 flex-1">
              Made <RelativeTime at={share.createdAt} />
              {share.createdBy ? ` by ${share.createdBy}` : ''}
              <span className="text-muted">
                , ends <RelativeTime at={share.expiresAt} />
              </span>
            </span>
            {withdraw ? <Withdraw share={share} withdraw={withdraw} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}
