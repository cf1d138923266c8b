'use client'
import { AppWindow, Handshake, KeyRound, Plug, UserRound } from 'lucide-react'
import { CommandGroup, CommandItem } from '@/components/ui/command'
import type { SearchHit } from '@/lib/admin/search'

const kinds = [
  { kind: 'client', label: 'Clients', icon: AppWindow },
  { kind: 'person', label: 'People', icon: UserRound },
  { kind: 'connection', label: 'Connections', icon: Plug },
  { kind: 'handshake', label: 'Handshakes', icon: Handshake },
  { kind: 'token', label: 'Tokens', icon: KeyRound },
] as const

/** Prefix that distinguishes a hit from other commands. */
export const hitValue = ({ kind, id }: SearchHit): string => `${kind} ${id}`

type PaletteHitsProps = {
  readonly hits: readonly SearchHit[]
  readonly go: (href: string) => void
}

/** Search results by name or id, grouped by kind. */
export function PaletteHits({ hits, go }: PaletteHitsProps) {
  return kinds.map(({ kind, label, icon: Icon }) => {
    const ofKind = hits.filter((hit) => hit.kind === kind)
    if (ofKind.length === 0) return null
    return (
      <CommandGroup key={kind} heading={label} forceMount>
        {ofKind.map((hit) => (
          <CommandItem key={hit.id} value={hitValue(hit)} forceMount onSelect={() => go(hit.href)}>
            <Icon aria-hidden />
            <span className="min-w-0 flex-1 truncate">{hit.label}</span>
            {hit.under === hit.label ? null : (
              <span className="max-w-[45%] truncate text-muted text-xs">{hit.under}</span>
            )}
          </CommandItem>
        ))}
      </CommandGroup>
    )
  })
}
