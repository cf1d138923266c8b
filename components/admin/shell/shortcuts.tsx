'use client'
import { Keyboard } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useKeys, useShortcutsEnabled } from '@/components/kit/use-keys'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { Switch } from '@/components/ui/switch'
import { Tooltip } from '@/components/ui/tooltip'
import { useSections } from './sections'

const everywhere = 'Everywhere'

const groups = [
  {
    label: everywhere,
    keys: [
      ['Ctrl K', 'Find a page or search everywhere'],
      ['/', 'Search this list'],
      ['?', 'Show these keys'],
    ],
  },
  {
    label: 'Handshakes',
    keys: [
      ['j', 'Next attempt, or next step'],
      ['k', 'Previous attempt, or previous step'],
      ['Enter', 'Open the attempt'],
      ['o', 'Open or close the step'],
      ['c', 'Copy the report'],
    ],
  },
  {
    label: 'Live log',
    keys: [
      ['j', 'Next event'],
      ['k', 'Previous event'],
      ['Enter', 'Open or close the event'],
      ['Space', 'Pause or resume'],
    ],
  },
]

/** All shortcuts, and the switch that turns them off. */
function ShortcutList() {
  const [on, setOn] = useShortcutsEnabled()
  const places = useSections().map(({ key, label }) => [`g ${key}`, `Go to ${label}`])
  return (
    <div className="mt-4 grid gap-5">
      {groups.map((group) => (
        <section key={group.label}>
          <h3 className="mb-1.5 text-muted text-xs">{group.label}</h3>
          <dl className="divide-y">
            {[...group.keys, ...(group.label === everywhere ? places : [])].map(
              ([keys = '', what]) => (
                <div key={keys} className="flex items-center justify-between py-1.5 text-sm">
                  <dt>{what}</dt>
                  <dd className="flex gap-1">
                    {keys.split(' ').map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ))}
      <Switch label="Single-key shortcuts" checked={on} onCheckedChange={setOn} />
    </div>
  )
}

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
