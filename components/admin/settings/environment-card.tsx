import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Code } from '@/components/ui/code'
import type { PageRow } from '@/lib/config/setting'

type Group = PageRow['group']

const groups: readonly Group[] = ['Server', 'Sign-in', 'Alerts', 'Protocol']

/** Links to more about a group. */
const places: Partial<Record<Group, { href: string; label: string }>> = {
  Server: { href: '/admin/self-check', label: 'Self-check' },
  'Sign-in': { href: '/admin/operators', label: 'Operators' },
  Alerts: { href: '/admin/alerts', label: 'Alerts' },
}

function Row({ row }: { row: PageRow }) {
  return (
    <li className="grid gap-1 border-b py-2.5 first:pt-0 last:border-b-0 last:pb-0">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium text-sm">{row.label}</span>
        {row.isOn === null ? null : (
          <Badge tone={row.isOn ? 'ok' : 'neutral'} dot={row.isOn}>
            {row.isOn ? 'On' : 'Off'}
          </Badge>
        )}
      </div>
      <p className="wrap-anywhere text-muted text-sm">{row.value}</p>
      {row.variables.length > 0 ? (
        <p className="flex flex-wrap gap-1.5">
          {row.variables.map((name) => (
            <Code key={name} className="wrap-anywhere text-xs">
              {name}
            </Code>
          ))}
        </p>
      ) : null}
    </li>
  )
}

/** Settings from the environment, by group; a change needs a restart. */
export function EnvironmentCards({ rows }: { rows: readonly PageRow[] }) {
  return groups.map((group) => {
    const place = places[group]
    return (
      <TitledCard
        key={group}
        title={group}
        beside={
          place ? (
            <Link
              href={place.href}
              className="text-accent-ink text-sm underline-offset-4 hover:underline"
            >
              {place.label}
            </Link>
          ) : null
        }
      >
        <CardContent>
          <ul>
            {rows
              .filter((row) => row.group === group)
              .map((row) => (
                <Row key={row.label} row={row} />
              ))}
          </ul>
        </CardContent>
      </TitledCard>
    )
  })
}
