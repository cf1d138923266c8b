import { Check, Circle, CircleDashed, Minus, TriangleAlert, X } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import type { StageState } from '@/lib/handshake/handshake'

const marks = {
  done: { icon: Check, looks: 'bg-ok-soft text-ok-ink border-transparent', word: 'done' },
  failed: { icon: X, looks: 'bg-bad-soft text-bad-ink border-bad-line', word: 'refused' },
  waiting: {
    icon: CircleDashed,
    looks: 'bg-accent-soft text-accent-ink border-accent-line border-dashed',
    word: 'awaited',
  },
  missing: {
    icon: TriangleAlert,
    looks: 'bg-warn-soft text-warn-ink border-warn-line border-dashed',
    word: 'missing',
  },
  skipped: { icon: Minus, looks: 'bg-surface text-muted border-dashed', word: 'not needed' },
  pending: { icon: Circle, looks: 'bg-surface text-line-strong border-dashed', word: 'not yet' },
} satisfies Record<StageState, { icon: typeof Check; looks: string; word: string }>

/** The state of a step, by shape and colour. */
export function StepMark({ state }: { state: StageState }) {
  const { icon: Icon, looks, word } = marks[state]
  return (
    <span className={cn('grid size-5.5 place-items-center rounded-full border', looks)}>
      <Icon aria-hidden className="size-3" strokeWidth={2.5} />
      <span className="sr-only">{word}</span>
    </span>
  )
}
