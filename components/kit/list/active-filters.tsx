import { X } from 'lucide-react'
import Link from 'next/link'
import { hrefWith, type QueryValues } from './hrefs'

/** Labels of filters without a control in the toolbar, by parameter. */
const labels: Readonly<Record<string, string>> = {
  client: 'Client',
  kin: 'Same app',
  grant: 'Connection',
  user: 'Person',
  subject: 'Subject',
  address: 'Address',
  path: 'Path',
  repeated: 'Repeated',
  to: 'Before',
}

type ActiveFiltersProps = {
  readonly path: string
  readonly query: QueryValues
  /** the parameters to show */
  readonly names: readonly string[]
}

/** The active filters that no control shows, each with a way to remove it. */
export function ActiveFilters(props: ActiveFiltersProps) {
  const { path, query, names } = props
  const active = names.flatMap((name) => {
    const value = query[name]
    return value ? [{ name, label: labels[name] ?? name, value }] : []
  })
  return active.map(({ name, label, value }) => (
    <Link
      key={name}
      href={hrefWith(path, query, { [name]: undefined })}
      scroll={false}
      aria-label={`Remove the filter ${label} ${value}`}
      className="inline-flex h-8 min-w-0 max-w-full items-center gap-1.5 rounded-md border border-accent-line bg-accent-soft px-2 text-accent-ink text-sm hover:border-accent-ink max-md:h-11"
    >
      {label}
      <span className="max-w-56 truncate font-mono text-xs">{value}</span>
      <X aria-hidden className="size-3.5 shrink-0" />
    </Link>
  ))
}
