import Link from 'next/link'
import { hrefOf } from '@/components/kit/list/hrefs'
import { cn } from '@/components/ui/cn'
import { connectClients } from './clients'

/** Tabs to choose the client. Links, so that each has a URL and needs no script. */
export function ClientTabs({ chosen, since }: { chosen: string; since: string }) {
  return (
    <nav aria-label="Clients" className="border-b">
      <ul className="flex flex-wrap gap-x-1 px-2">
        {connectClients.map(({ id, label }) => (
          <li key={id}>
            <Link
              href={hrefOf('/admin/connect', { client: id, since: String(Date.parse(since)) })}
              scroll={false}
              replace
              aria-current={id === chosen ? 'page' : undefined}
              className={cn(
                'inline-flex h-11 items-center border-b-2 px-2.5 font-medium text-sm transition-colors',
                id === chosen
                  ? 'border-accent text-ink'
                  : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
