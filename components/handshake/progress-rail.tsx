import { cn } from '@/components/ui/cn'
import type { StageId, Verdict } from '@/lib/handshake/handshake'
import { stageWords } from '@/lib/handshake/words'
import { stageOrder } from './compare'

/** The colours of the steps that are done, and of the one at which it is. */
const looks: Record<Verdict['kind'], readonly [done: string, at: string]> = {
  'in-progress': ['bg-accent-ink', 'bg-accent-line animate-pulse motion-reduce:animate-none'],
  'signed-in': ['bg-ok', 'bg-line'],
  connected: ['bg-ok', 'bg-line'],
  degraded: ['bg-ok', 'bg-warn'],
  'refused-by-operator': ['bg-line-strong', 'bg-ink'],
  stalled: ['bg-line-strong', 'bg-warn'],
  failed: ['bg-line-strong', 'bg-bad'],
}

type ProgressRailProps = {
  /** the pending step, or the one at which it ended; `null` when all are done */
  readonly stage: StageId | null
  readonly verdict: Verdict
}

/** An attempt's progress, one mark for each of the twelve steps. */
export function ProgressRail({ stage, verdict }: ProgressRailProps) {
  const done = stage === null ? stageOrder.length : stageOrder.indexOf(stage)
  const [doneLooks, atLooks] = looks[verdict.kind]
  const words = stage === null ? 'every step done' : `at ${stageWords[stage].label}`
  return (
    <span className="grid w-fit gap-1" title={`${done} of ${stageOrder.length} steps, ${words}`}>
      <span aria-hidden className="flex gap-0.5">
        {stageOrder.map((id, at) => (
          <span
            key={id}
            className={cn(
              'h-1.5 w-2 rounded-[1px] bg-line',
              at < done && doneLooks,
              at === done && atLooks,
              (at === 4 || at === 8 || at === 10) && 'ml-1',
            )}
          />
        ))}
      </span>
      <span className="text-muted text-xs">
        {stage === null ? 'All steps' : stageWords[stage].label}
      </span>
    </span>
  )
}
