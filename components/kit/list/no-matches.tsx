import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { QueryValues } from './hrefs'

/** Whether any filter is active. */
export const isFiltered = ({ sort: _, cursor: __, ...filters }: QueryValues): boolean =>
  Object.values(filters).some(Boolean)

type NoMatchesProps = {
  readonly path: string
  /** the rows' name, in the plural */
  readonly what: string
  /** whether the list has a search field */
  readonly fields?: string | null
}

/** Shown when no row matches the filters. */
export function NoMatches({ path, what, fields }: NoMatchesProps) {
  return (
    <EmptyState
      icon={SearchX}
      title={`No ${what} match these filters`}
      action={
        <Link href={path} className={buttonVariants()}>
          Clear filters
        </Link>
      }
    >
      {fields === null
        ? 'Remove one of them, or choose a longer time.'
        : `Search looks at ${fields ?? 'names, email addresses and ids'}.`}
    </EmptyState>
  )
}
