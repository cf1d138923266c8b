import { ChevronRight, CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { TitledCard } from '@/components/ui/card'
import { NumberText } from '@/components/ui/locale'
import type { Attention } from '@/lib/admin/overview/attention'

type Words = {
  readonly one: string
  readonly many: string
  readonly why: string
  readonly href: string
  readonly bad?: boolean
}

const words: Record<Attention['kind'], Words> = {
  'self-check': {
    one: 'self-check problem',
    many: 'self-check problems',
    why: 'Seen from outside, something is not as clients need it.',
    href: '/admin/self-check',
    bad: true,
  },
  failed: {
    one: 'handshake failed in 24 hours',
    many: 'handshakes failed in 24 hours',
    why: 'Each says at which step, and what to change.',
    href: '/admin/handshakes?verdict=failed',
    bad: true,
  },
  stalled: {
    one: 'handshake stalled in 24 hours',
    many: 'handshakes stalled in 24 hours',
    why: 'The next step is overdue.',
    href: '/admin/handshakes?verdict=stalled',
  },
  unused: {
    one: 'connection with a token that was never used',
    many: 'connections with a token that was never used',
    why: 'It was issued, but no call used it.',
    href: '/admin/connections?state=unused',
  },
  refreshes: {
    one: 'refresh was refused in 24 hours',
    many: 'refreshes were refused in 24 hours',
    why: 'The people behind them have to connect again.',
    href: '/admin/log?event=token.refused',
  },
  alerts: {
    one: 'alert could not be sent in 24 hours',
    many: 'alerts could not be sent in 24 hours',
    why: 'Someone was not alerted to a failed handshake.',
    href: '/admin/alerts',
    bad: true,
  },
  dropped: {
    one: 'event was lost',
    many: 'events were lost',
    why: 'The database has not stored them since this server started.',
    href: '/admin/log',
    bad: true,
  },
  unattended: {
    one: 'anonymous attempt failed in 24 hours',
    many: 'anonymous attempts failed in 24 hours',
    why: 'Nobody had signed in; anyone can cause these.',
    href: '/admin/handshakes',
  },
  'key-age': {
    one: 'day since the signing key was replaced',
    many: 'days since the signing key was replaced',
    why: 'Replace it; tokens it signed stay valid until they expire.',
    href: '/admin/keys',
  },
}

function Item({ kind, amount }: Attention) {
  const { one, many, why, href, bad } = words[kind]
  const Icon = bad ? CircleAlert : TriangleAlert
  return (
    <li>
      <Link href={href} className="flex items-center gap-3 px-4 py-2.5 hover:bg-hover">
        <Icon aria-hidden className={`size-4 shrink-0 ${bad ? 'text-bad' : 'text-warn'}`} />
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-sm">
            <NumberText value={amount} /> {amount === 1 ? one : many}
          </span>
          <span className="block text-muted text-xs">{why}</span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
      </Link>
    </li>
  )
}

/** What needs attention, each with a link. */
export function NeedsAttention({ items }: { readonly items: readonly Attention[] }) {
  return (
    <TitledCard title="What needs attention" titleId="attention" header="border-b">
      {items.length === 0 ? (
        <p className="flex items-center gap-2.5 px-4 py-3.5 text-muted text-sm">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" />
          Nothing at present.
        </p>
      ) : (
        <ul className="divide-y">
          {items.map((item) => (
            <Item key={item.kind} {...item} />
          ))}
        </ul>
      )}
    </TitledCard>
  )
}
