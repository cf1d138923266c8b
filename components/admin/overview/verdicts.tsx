import Link from 'next/link'
import { hrefOf } from '@/components/kit/list/hrefs'
import { CardContent, TitledCard } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { NumberText } from '@/components/ui/locale'
import type { Overview } from '@/lib/admin/overview/overview'
import type { Verdict } from '@/lib/handshake/handshake'
import { verdictKinds } from '@/lib/handshake/words'

const shown: readonly { readonly kind: Verdict['kind']; readonly fill: string }[] = [
  { kind: 'connected', fill: 'bg-ok' },
  { kind: 'signed-in', fill: 'bg-ok-soft' },
  { kind: 'degraded', fill: 'bg-warn-line' },
  { kind: 'in-progress', fill: 'bg-accent-line' },
  { kind: 'refused-by-operator', fill: 'bg-line-strong' },
  { kind: 'stalled', fill: 'bg-warn' },
  { kind: 'failed', fill: 'bg-bad' },
]

/** Attempts by verdict, as a bar and in numbers. */
export function Verdicts({ byVerdict, capped }: Overview['verdicts']) {
  const parts = shown.map((part) => ({ ...part, count: byVerdict[part.kind] ?? 0 }))
  const all = parts.reduce((sum, { count }) => sum + count, 0)
  return (
    <TitledCard
      title="Handshakes by verdict"
      beside={
        <span className="text-muted text-sm tabular-nums">
          {capped ? 'the newest ' : null}
          <NumberText value={all} />
        </span>
      }
    >
      <CardContent>
        <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken">
          {parts.map(({ kind, fill, count }) =>
            count === 0 ? null : (
              <span key={kind} className={cn('min-w-1', fill)} style={{ flexGrow: count }} />
            ),
          )}
        </div>
        <ul className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1 text-sm sm:grid-cols-3">
          {parts.map(({ kind, fill, count }) => (
            <li key={kind}>
              <Link
                href={hrefOf('/admin/handshakes', { verdict: kind })}
                prefetch={false}
                className="flex min-h-6 items-center gap-2 hover:underline"
              >
                <span aria-hidden className={cn('size-2 shrink-0 rounded-full', fill)} />
                <span className="text-muted">{verdictKinds[kind]}</span>
                <span className="ml-auto tabular-nums">
                  <NumberText value={count} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </CardContent>
    </TitledCard>
  )
}
