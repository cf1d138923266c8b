'use client'
import { LayoutDashboard, Plug, UserRound } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { buttonVariants } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

const own = [
  { href: '/connections', label: 'Connections', icon: Plug },
  { href: '/account', label: 'Account', icon: UserRound },
]
const dashboard = { href: '/admin', label: 'Dashboard', icon: LayoutDashboard }

/** Navigation of a user's own pages. @param hasDashboard whether they may see the dashboard */
export function OwnNav({ hasDashboard }: { readonly hasDashboard: boolean }) {
  const path = usePathname()
  return (
    <nav aria-label="Yours" className="mr-auto flex flex-wrap">
      {[...own, ...(hasDashboard ? [dashboard] : [])].map(({ href, label, icon: Icon }) => {
        const isCurrent = path === href || path.startsWith(`${href}/`)
        return (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent ? 'page' : undefined}
            className={cn(buttonVariants({ variant: 'ghost' }), isCurrent && 'bg-hover text-ink')}
          >
            <Icon aria-hidden className="max-sm:hidden" />
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
