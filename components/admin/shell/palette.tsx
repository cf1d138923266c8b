'use client'
import { Monitor, Moon, Search, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { useEffect, useState } from 'react'
import { hrefOf } from '@/components/admin/list/hrefs'
import {
  CommandDialog,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/command'
import { Kbd } from '@/components/ui/kbd'
import { useNavItems } from './nav-role'

const themes = [
  { value: 'light', label: 'Light theme', icon: Sun },
  { value: 'dark', label: 'Dark theme', icon: Moon },
  { value: 'system', label: 'Theme of the system', icon: Monitor },
]

const unsearchable: readonly string[] = [
  '/admin',
  '/admin/handshakes',
  '/admin/keys',
  '/admin/self-check',
  '/admin/alerts',
  '/admin/settings',
]

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
        <CommandItem key={href} forceMount onSelect={() => go(hrefOf(href, { q: text }))}>
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

/** Everything by name: sections, searches, appearance. Opens on Ctrl+K or ⌘K. */
export function Palette() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const change = (next: boolean) => {
    setOpen(next)
    setText('')
  }
  const go = (href: string) => {
    change(false)
    router.push(href)
  }
  useOpenKey(() => change(!open))
  return (
    <CommandDialog open={open} onOpenChange={change} label="Command palette">
      <CommandInput
        value={text}
        onValueChange={setText}
        placeholder="Go somewhere, or type what to search for"
      />
      <CommandList label="Commands">
        <Places go={go} />
        <Searches go={go} text={text.trim()} />
        <Themes onDone={() => change(false)} />
      </CommandList>
    </CommandDialog>
  )
}
