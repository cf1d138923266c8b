import { SlidersHorizontal } from 'lucide-react'
import { buttonVariants } from '@/components/ui/button'
import type { MoreFilter } from './define-list'
import { FilterInput } from './filter-input'
import type { QueryValues } from './hrefs'

type MoreFiltersProps = {
  readonly fields: readonly MoreFilter[]
  readonly query: QueryValues
}

/** The less common filters. */
export function MoreFilters({ fields, query }: MoreFiltersProps) {
  return (
    <details
      open={fields.some(({ name }) => query[name]) || undefined}
      className="max-md:order-1 max-md:w-full md:open:order-1 md:open:basis-full"
    >
      <summary className={buttonVariants({ className: 'list-none' })}>
        <SlidersHorizontal aria-hidden />
        More filters
      </summary>
      <div className="mt-2 grid gap-3 rounded-lg border bg-surface p-3 sm:grid-cols-2 xl:grid-cols-4">
        {fields.map((field) => (
          <FilterInput key={field.name} {...field} value={query[field.name]} />
        ))}
      </div>
    </details>
  )
}
