'use client'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CommandDialog, CommandInput, CommandList } from '@/components/ui/command'
import { Kbd } from '@/components/ui/kbd'
import type { SearchHit } from '@/lib/admin/search'
import { Hits, hitValue, isSearch, Places, Searches, Themes } from './palette-groups'
import { useSearch } from './use-search'

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

/** The selected command: the first hit, unless a section matches the text. */
function useChosen(first: SearchHit | undefined) {
  const [chosen, setChosen] = useState('')
  const value = first ? hitValue(first) : null
  // Hits arrive after the first selection; they come before every search.
  useEffect(() => {
    if (value) setChosen((present) => (isSearch(present) ? value : present))
  }, [value])
  return [chosen, setChosen] as const
}

/** The command palette: sections, their items, appearance. Opens on Ctrl+K or ⌘K. */
export function Palette() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const { hits, searching } = useSearch(text.trim())
  const [chosen, setChosen] = useChosen(hits[0])
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
          <Hits hits={hits} go={go} />
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
