'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '@/components/ui/cn'
import { useNavItems } from './nav-role'

/** The sections, the present one marked. @param onNavigate called when one is chosen */
export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const path = usePathname()
  const navItems = useNavItems()
  return (
    <nav aria-label="Sections">
      <ul className="grid gap-0.5">
        {navItems.map(({ href, label, icon: Icon }) => {
          const current = href === '/admin' ? path === href : path.startsWith(href)
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                onClick={onNavigate}
                className={cn(
                  'flex h-8 items-center gap-2.5 rounded-md px-2.5 font-medium text-sm',
                  'text-muted transition-colors hover:bg-hover hover:text-ink',
                  'max-lg:h-11 max-lg:text-base',
                  current && 'bg-hover text-ink',
                )}
              >
                <Icon aria-hidden className={cn('size-4', current && 'text-accent-ink')} />
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
