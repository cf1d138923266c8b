'use client'
import { Keyboard } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useKeys } from '@/components/kit/use-keys'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Tooltip } from '@/components/ui/tooltip'
import { useSections } from './sections'
import { ShortcutList } from './shortcut-list'

const CHORD_MS = 1500

function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>('[data-search]')
  field?.focus()
  if (field instanceof HTMLInputElement) field.select()
  return field !== null
}

/** The button that lists the shortcuts, and the global shortcuts. */
export function Shortcuts() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const leaderAt = useRef(0)
  const sections = useSections()

  useKeys((key, event) => {
    const goingTo = event.timeStamp - leaderAt.current < CHORD_MS
    leaderAt.current = key === 'g' ? event.timeStamp : 0
    if (goingTo) {
      const item = sections.find((candidate) => candidate.key === key)
      if (item) router.push(item.href)
      return item !== undefined
    }
    if (key === '?') setOpen(true)
    return key === '?' || (key === '/' && focusSearch())
  })

  return (
    <>
      <Tooltip label="Keyboard shortcuts (?)">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Keyboard shortcuts"
          onClick={() => setOpen(true)}
        >
          <Keyboard aria-hidden />
        </Button>
      </Tooltip>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent heading="Keyboard shortcuts">
          <ShortcutList />
        </DialogContent>
      </Dialog>
    </>
  )
}
