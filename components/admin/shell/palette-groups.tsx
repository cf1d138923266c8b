'use client'
import {
  AppWindow,
  Handshake,
  KeyRound,
  Monitor,
  Moon,
  Plug,
  Search,
  Sun,
  UserRound,
} from 'lucide-react'
import { useTheme } from 'next-themes'
import { hrefOf } from '@/components/kit/list/hrefs'
import { CommandGroup, CommandItem } from '@/components/ui/command'
import { Kbd } from '@/components/ui/kbd'
import type { SearchHit } from '@/lib/admin/search'
import { useSections } from './sections'

const themes = [
  { value: 'light', label: 'Light theme', icon: Sun },
  { value: 'dark', label: 'Dark theme', icon: Moon },
  { value: 'system', label: 'Theme of the system', icon: Monitor },
]

/** Prefix of the values of searches; no other command has it. */
const searchMark = 'search '
/** Whether a command is a search. */
export const isSearch = (value: string) => value === '' || value.startsWith(searchMark)

type GroupProps = { readonly go: (href: string) => void }

export function Places({ go }: GroupProps) {
  const places = useSections()
  return (
    <CommandGroup heading="Go to">
      {places.map(({ href, label, icon, key }) => (
        <CommandItem key={href} onSelect={() => go(href)}>
          <span aria-hidden>{icon}</span>
          {label}
          <span className="ml-auto flex gap-1 max-md:hidden">
            <Kbd>g</Kbd>
            <Kbd>{key}</Kbd>
          </span>
        </CommandItem>
      ))}
    </CommandGroup>
  )
}

const kinds = [
  { kind: 'client', label: 'Clients', icon: AppWindow },
  { kind: 'person', label: 'People', icon: UserRound },
  { kind: 'connection', label: 'Connections', icon: Plug },
  { kind: 'handshake', label: 'Handshakes', icon: Handshake },
  { kind: 'token', label: 'Tokens', icon: KeyRound },
] as const

/** Prefix that distinguishes a hit from other commands. */
export const hitValue = ({ kind, id }: SearchHit): string => `${kind} ${id}`

type HitsProps = GroupProps & { readonly hits: readonly SearchHit[] }

/** Search results by name or id, grouped by kind. */
export function Hits({ hits, go }: HitsProps) {
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

/** The lists that can be searched. */
export function Searches({ go, text }: GroupProps & { readonly text: string }) {
  const searchable = useSections()
    .filter(({ search }) => search !== undefined)
    .toSorted((one, other) => Number(one.search) - Number(other.search))
  if (!text) return null
  return (
    <CommandGroup heading="Search" forceMount>
      {searchable.map(({ href, label }) => (
        <CommandItem
          key={href}
          forceMount
          value={`${searchMark}${href}`}
          onSelect={() => go(hrefOf(href, { q: text }))}
        >
          <Search aria-hidden />
          <span className="truncate">
            “{text}” in {label}
          </span>
        </CommandItem>
      ))}
    </CommandGroup>
  )
}

/** Light, dark or system. */
export function Themes({ onDone }: { readonly onDone: () => void }) {
  const { setTheme } = useTheme()
  return (
    <CommandGroup heading="Appearance">
      {themes.map(({ value, label, icon: Icon }) => (
        <CommandItem
          key={value}
          onSelect={() => {
            setTheme(value)
            onDone()
          }}
        >
          <Icon aria-hidden />
          {label}
        </CommandItem>
      ))}
    </CommandGroup>
  )
}
