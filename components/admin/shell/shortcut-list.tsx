'use client'
import { useSections } from '@/components/admin/shell/sections'
import { useShortcutsEnabled } from '@/components/kit/use-keys'
import { Kbd } from '@/components/ui/kbd'
import { Switch } from '@/components/ui/switch'

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
export function ShortcutList() {
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
