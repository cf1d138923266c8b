import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { styled } from '@/components/ui/styled'

export function Breadcrumb({ children }: { readonly children: ReactNode }) {
  return (
    <nav data-slot="breadcrumb" aria-label="Breadcrumb" className="min-w-0 text-sm">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-0.5">{children}</ol>
    </nav>
  )
}

/** One step: a link, or the current page. */
export function BreadcrumbItem({ children }: { readonly children: ReactNode }) {
  return (
    <li
      data-slot="breadcrumb-item"
      className="group flex min-w-0 items-center gap-1.5 has-[a]:shrink-0"
    >
      <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted group-first:hidden" />
      {children}
    </li>
  )
}

/** Class names of a linked step. */
export const breadcrumbLink = 'inline-flex min-h-6 shrink-0 items-center text-muted hover:text-ink'

/** The current page. */
export const BreadcrumbPage = styled('span', 'breadcrumb-page', 'min-w-0 truncate font-medium', {
  'aria-current': 'page',
})
