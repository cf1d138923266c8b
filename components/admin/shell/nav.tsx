'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useId, useReducer } from 'react'
import { cn } from '@/components/ui/cn'
import { inGroups } from './nav-groups'
import { isWithin, type NavItem } from './nav-items'
import { useNavItems } from './nav-role'
import { LinkPending } from './pending'

type ItemProps = {
  readonly item: NavItem
  readonly onNavigate: (() => void) | undefined
}

function Item({ item: { href, label, icon: Icon }, onNavigate }: ItemProps) {
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
        <Icon aria-hidden className={cn('size-4 shrink-0', current && 'text-accent-ink')} />
        {label}
        <LinkPending href={href} />
      </Link>
    </li>
  )
}

/** The sections, with the current one marked. @param onNavigate called on a choice */
export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const id = useId()
  return (
    <nav aria-label="Sections" className="grid gap-3.5 pb-2">
      {inGroups(useNavItems()).map(({ label, items }) => (
        <div key={label}>
          <p id={`${id}-${label}`} className="px-2.5 pb-1 text-2xs text-muted">
            {label}
          </p>
          <ul aria-labelledby={`${id}-${label}`} className="grid gap-0.5">
            {items.map((item) => (
              <Item key={item.href} item={item} onNavigate={onNavigate} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
