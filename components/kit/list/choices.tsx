import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { hrefWith, type QueryValues } from './hrefs'

/** One value of a filter; the empty value means all. */
export type Choice = {
  readonly value: string
  readonly label: string
  /** heading of a select's values that stand together */
  readonly group?: string
}

type ChoicesProps = {
  readonly label: string
  readonly path: string
  readonly query: QueryValues
  /** the query parameter that they set */
  readonly name: string
  readonly choices: readonly Choice[]
}

/** A row of links, one for each value of a filter. */
export function Choices({ label, path, query, name, choices }: ChoicesProps) {
  const present = query[name] ?? ''
  return (
    <nav
      aria-label={label}
      className="overflow-x-auto [scrollbar-width:none] max-md:order-1 max-md:-mx-4 max-md:w-screen max-md:px-4"
    >
      <ul className="flex w-max gap-0.5 rounded-md border bg-sunken p-0.5">
        {choices.map(({ value, label: text }) => (
          <li key={value}>
            <Link
              href={hrefWith(path, query, { [name]: value })}
              scroll={false}
              aria-current={value === present ? 'true' : undefined}
              className={cn(
                'flex h-6.5 items-center rounded-sm px-2.5 text-muted text-sm hover:text-ink',
                'max-md:h-10 max-md:px-3',
                value === present && 'bg-surface font-medium text-ink shadow-panel',
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
