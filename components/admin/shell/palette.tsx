'use client'
import { Monitor, Moon, Search, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { useEffect, useState } from 'react'
import { hrefOf } from '@/components/admin/list/hrefs'
import { Button } from '@/components/ui/button'
import {
  CommandDialog,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/command'
import { Kbd } from '@/components/ui/kbd'
import { useNavItems } from './nav-role'
import { hitValue, PaletteHits } from './palette-hits'
import { useSearch } from './use-search'

const themes = [
  { value: 'light', label: 'Light theme', icon: Sun },
  { value: 'dark', label: 'Dark theme', icon: Moon },
  { value: 'system', label: 'Theme of the system', icon: Monitor },
]

const unsearchable: readonly string[] = [
  '/admin',
  '/admin/connect',
  '/admin/approvals',
  '/admin/handshakes',
  '/admin/keys',
  '/admin/self-check',
  '/admin/alerts',
  '/admin/settings',
]

/** How the values of searches begin; those of other commands do not. */
const searchMark = 'search '
const isSearch = (value: string) => value === '' || value.startsWith(searchMark)

/** Calls `open` on Ctrl+K or ⌘K, wherever the focus is. */
function useOpenKey(open: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      open()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [open])
}

type GroupProps = { readonly go: (href: string) => void }

function Places({ go }: GroupProps) {
  const navItems = useNavItems()
  return (
    <CommandGroup heading="Go to">
      {navItems.map(({ href, label, icon: Icon, key }) => (
        <CommandItem key={href} onSelect={() => go(href)}>
          <Icon aria-hidden />
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

function Searches({ go, text }: GroupProps & { readonly text: string }) {
  const searchable = useNavItems().filter((item) => !unsearchable.includes(item.href))
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

function Themes({ onDone }: { readonly onDone: () => void }) {
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

function OpenButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <Button onClick={onOpen} aria-label="Search everything" className="text-muted">
      <Search aria-hidden />
      <span className="max-md:hidden">Search</span>
      <Kbd aria-hidden className="max-md:hidden">
        Ctrl K
      </Kbd>
    </Button>
  )
}

/** Everything by name: sections, what is in them, appearance. Opens on Ctrl+K or ⌘K. */
export function Palette() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState('')
  const { hits, searching } = useSearch(text.trim())
  const change = (next: boolean) => {
    setOpen(next)
    setText('')
  }
  const go = (href: string) => {
    change(false)
    router.push(href)
  }
  // What was found comes later than the first choice, and before every search.
  const [first] = hits
  const firstValue = first ? hitValue(first) : null
  useEffect(() => {
    if (firstValue) setChosen((value) => (isSearch(value) ? firstValue : value))
  }, [firstValue])
  useOpenKey(() => change(!open))
  return (
    <>
      <OpenButton onOpen={() => change(true)} />
      <CommandDialog
        open={open}
        onOpenChange={change}
        label="Command palette"
        value={chosen}
        onValueChange={setChosen}
      >
        <CommandInput
          value={text}
          onValueChange={setText}
          placeholder="A page, or a client, person or id"
        />
        <CommandList label="Commands">
          <Places go={go} />
          <PaletteHits hits={hits} go={go} />
          <Searches go={go} text={text.trim()} />
          <Themes onDone={() => change(false)} />
        </CommandList>
        <p role="status" className="sr-only">
          {searching ? 'Searching' : text.trim() ? `${hits.length} found` : ''}
        </p>
      </CommandDialog>
    </>
  )
}
