import Link from 'next/link'
import { shortId } from '@/components/kit/list/hrefs'
import { Badge } from '@/components/ui/badge'
import { TitledCard } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { RelativeTime } from '@/components/ui/relative-time'
import type { TokenPage } from '@/lib/admin/tokens/page'
import type { TokenRow } from '@/lib/admin/tokens/tokens'
import { TokenState } from './token-state'

function Token({ token, isCurrent }: { readonly token: TokenRow; readonly isCurrent: boolean }) {
  return (
    <div
      aria-current={isCurrent ? 'true' : undefined}
      className={cn(
        'flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-2 py-1.5 text-sm',
        isCurrent && 'bg-accent-soft',
      )}
    >
      <Badge tone="outline">{token.kind === 'access' ? 'Access' : 'Refresh'}</Badge>
      {isCurrent ? (
        <span className="font-medium">…{shortId(token.id)}, this one</span>
      ) : (
        <Link
          href={`/admin/tokens/${token.id}`}
          prefetch={false}
          className="font-medium underline-offset-4 hover:underline"
        >
          …{shortId(token.id)}
        </Link>
      )}
      <TokenState state={token.state} />
      <span className="text-muted text-xs">
        issued <RelativeTime at={token.issuedAt} />
        {token.lastUsedAt ? (
          <>
            {token.kind === 'refresh' ? ', exchanged ' : ', last used '}
            <RelativeTime at={token.lastUsedAt} />
          </>
        ) : null}
      </span>
    </div>
  )
}

type GenerationProps = {
  readonly generation: TokenPage['generations'][number]
  readonly currentId: string
}

function Generation({ generation: { refresh, access }, currentId }: GenerationProps) {
  return (
    <li className="relative border-line-strong border-l-2 pb-4 pl-4 last:pb-0">
      <span aria-hidden className="absolute top-3 -left-[5px] size-2 rounded-full bg-line-strong" />
      <Token token={refresh} isCurrent={refresh.id === currentId} />
      <ul className="ml-5">
        {access.map((token) => (
          <li key={token.id}>
            <Token token={token} isCurrent={token.id === currentId} />
          </li>
        ))}
      </ul>
    </li>
  )
}

/** The chain of refresh tokens, newest first, each with its access tokens. */
export function Lineage({ page }: { readonly page: TokenPage }) {
  const { token, generations, isCut } = page
  return (
    <TitledCard title="Lineage" header="border-b">
      <div className="px-4 py-4">
        {generations.length === 0 ? (
          <p className="text-muted text-sm">
            It came without a refresh token, or before this was kept.
          </p>
        ) : null}
        <ol>
          {generations.map((generation) => (
            <Generation key={generation.refresh.id} generation={generation} currentId={token.id} />
          ))}
        </ol>
        {isCut ? (
          <p className="mt-4 text-muted text-sm">
            Only the refreshes nearest to this token are shown. Follow the last one to go on.
          </p>
        ) : null}
      </div>
    </TitledCard>
  )
}
