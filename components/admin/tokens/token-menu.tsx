'use client'
import { Activity, Ellipsis, KeyRound, Plug, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { hrefOf, shortId } from '@/components/kit/list/hrefs'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { TokenRow } from '@/lib/admin/tokens/tokens'
import { RevokeToken } from './revoke-token'
import { isLive, type TokenActions } from './token-actions'

type TokenMenuProps = {
  readonly token: TokenRow
  /** absent for viewers */
  readonly actions?: TokenActions
}

function Places({ token: { id, grantId } }: Pick<TokenMenuProps, 'token'>) {
  const places = [
    { href: `/admin/tokens/${id}`, label: 'Show its lineage', icon: KeyRound },
    { href: `/admin/connections/${grantId}`, label: 'Show its connection', icon: Plug },
    { href: hrefOf('/admin/log', { grant: grantId }), label: 'Show in the log', icon: Activity },
  ]
  return places.map(({ href, label, icon: Icon }) => (
    <DropdownMenuItem key={label} asChild>
      <Link href={href} prefetch={false}>
        <Icon aria-hidden />
        {label}
      </Link>
    </DropdownMenuItem>
  ))
}

/** The actions on one token. */
export function TokenMenu({ token, actions }: TokenMenuProps) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const { kind, clientName, id } = token
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            ref={trigger}
            variant="ghost"
            size="icon-sm"
            aria-label={`Actions for the ${kind} token of ${clientName}, id ending in ${shortId(id)}`}
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" within="content">
          <Places token={token} />
          {actions && isLive(token) ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem tone="bad" onSelect={() => setAsking(true)}>
                <Trash2 aria-hidden />
                Revoke…
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {actions ? (
        <RevokeToken
          token={token}
          revoke={actions.revoke}
          open={asking}
          onOpenChange={setAsking}
          onClosed={() => trigger.current?.focus()}
        />
      ) : null}
    </>
  )
}
