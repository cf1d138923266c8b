'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useId, useReducer } from 'react'
import { cn } from '@/components/ui/cn'
import { LinkPending } from './pending'
import { isWithin, type Section, useSections } from './sections'

type ItemProps = {
  readonly item: Section
  readonly onNavigate: (() => void) | undefined
}

function Item({ item: { href, label, icon }, onNavigate }: ItemProps) {
  const current = isWithin(usePathname(), href)
  // prefetching all of them, on each page and after each change, would be fifteen requests
  const [isPrefetched, prefetchNow] = useReducer(() => true, false)
  return (
    <li>
      <Link
        href={href}
        prefetch={isPrefetched ? null : false}
        onPointerEnter={prefetchNow}
        onFocus={prefetchNow}
        aria-current={current ? 'page' : undefined}
        onClick={onNavigate}
        className={cn(
          'flex min-h-8 items-center gap-2.5 rounded-md px-2.5 font-medium text-sm',
          'text-muted transition-colors hover:bg-hover hover:text-ink',
          'max-lg:min-h-11 max-lg:text-base',
          current && 'bg-hover text-ink',
        )}
      >
        <span aria-hidden className={cn('shrink-0 [&_svg]:size-4', current && 'text-accent-ink')}>
          {icon}
        </span>
        {label}
        <LinkPending href={href} />
      </Link>
    </li>
  )
}

/** The sections, with the current one marked. @param onNavigate called on a choice */
export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const id = useId()
  const sections = useSections()
  const groups = [...new Set(sections.map(({ group }) => group))]
  return (
    <nav aria-label="Sections" className="grid gap-3.5 pb-2">
      {groups.map((label) => (
        <div key={label}>
          <p id={`${id}-${label}`} className="px-2.5 pb-1 text-2xs text-muted">
            {label}
          </p>
          <ul aria-labelledby={`${id}-${label}`} className="grid gap-0.5">
            {sections
              .filter(({ group }) => group === label)
              .map((item) => (
                <Item key={item.href} item={item} onNavigate={onNavigate} />
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
