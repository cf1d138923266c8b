'use client'
import { Monitor, Moon, Search, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { hrefOf } from '@/components/kit/list/hrefs'
import { CommandGroup, CommandItem } from '@/components/ui/command'
import { Kbd } from '@/components/ui/kbd'
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

/** The lists that can be searched. */
export function Searches({ go, text }: GroupProps & { readonly text: string }) {
  const searchable = useSections().filter(({ search }) => search)
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
