import { SlidersHorizontal } from 'lucide-react'
import { FilterInput } from '@/components/kit/list/filter-input'
import { buttonVariants } from '@/components/ui/button'
import type { EventQuery } from '@/lib/admin/views'

const fields = [
  { name: 'path', label: 'Path begins with', placeholder: '/mcp' },
  { name: 'address', label: 'Address begins with', placeholder: '160.79.104.' },
  { name: 'client', label: 'Client id', placeholder: 'as in an event' },
  { name: 'user', label: 'Person', placeholder: 'email address or id' },
] as const

/** The less common filters. */
export function MoreFilters({ query }: { readonly query: EventQuery }) {
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
