import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { QueryValues } from './hrefs'

/** Whether anything narrows a list. */
export const isFiltered = ({ sort: _, cursor: __, ...filters }: QueryValues): boolean =>
  Object.values(filters).some(Boolean)

type NoMatchesProps = {
  readonly path: string
  /** what the rows are called, in the plural */
  readonly what: string
  /** where the list is searched by a text */
  readonly looksAt?: string | null
}

/** What a list shows when its filters let nothing through. */
export function NoMatches({ path, what, looksAt }: NoMatchesProps) {
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
      {looksAt === null
        ? 'Let go of one of them, or look at a longer time.'
        : `Search looks at ${looksAt ?? 'names, email addresses and ids'}.`}
    </EmptyState>
  )
}
