import { ChevronRight, ShieldCheck } from 'lucide-react'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { NumberText } from '@/components/ui/locale'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Overview } from '@/lib/admin/overview/overview'

type HeldBack = Overview['holdingBack'][number]

type Words = { readonly one: string; readonly many: string; readonly href: string }

const words: Record<HeldBack['kind'], Words> = {
  folded: {
    one: 'repeated anonymous request counted in another one’s event',
    many: 'repeated anonymous requests counted in events of their own kind',
    href: '/admin/log?repeated=yes',
  },
  pruned: {
    one: 'old event deleted to keep the log below its size',
    many: 'old events deleted to keep the log below its size',
    href: '/admin/settings',
  },
  clients: {
    one: 'unapproved client deleted to make room',
    many: 'unapproved clients deleted to make room',
    href: '/admin/clients',
  },
  interactions: {
    one: 'authorization request that nobody signed in for deleted to make room',
    many: 'authorization requests that nobody signed in for deleted to make room',
    href: '/admin/log?event=interactions.pruned',
  },
  alerts: {
    one: 'alert about an anonymous attempt combined with others',
    many: 'alerts about anonymous attempts combined',
    href: '/admin/alerts',
  },
}

function Item({ kind, count, since }: HeldBack) {
  const { one, many, href } = words[kind]
  return (
    <li>
      <Link href={href} className="flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover">
        <span className="min-w-0 flex-1">
          <NumberText value={count} /> {count === 1 ? one : many}
          <span className="text-muted">
            {' '}
            since <RelativeTime at={since} />
          </span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
      </Link>
    </li>
  )
}

/** Says which limits on anonymous traffic acted; nothing if none did. */
export function HoldingBackNote({ items }: { readonly items: readonly HeldBack[] }) {
  if (items.length === 0) return null
  return (
    <Card aria-labelledby="holding-back">
      <h2
        id="holding-back"
        className="flex items-center gap-2.5 border-b px-4 py-2.5 font-medium text-sm"
      >
        <ShieldCheck aria-hidden className="size-4 shrink-0 text-muted" />
        Portico is holding back noise
      </h2>
      <ul className="divide-y">
        {items.map((item) => (
          <Item key={item.kind} {...item} />
        ))}
      </ul>
    </Card>
  )
}
