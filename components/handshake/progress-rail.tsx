import { cn } from '@/components/ui/cn'
import type { StageId, Verdict } from '@/lib/handshake/handshake'
import { stageWords } from '@/lib/handshake/words'

const order = Object.keys(stageWords) as StageId[]

const completed: Record<Verdict['kind'], string> = {
  'in-progress': 'bg-accent-ink',
  'signed-in': 'bg-ok',
  connected: 'bg-ok',
  degraded: 'bg-ok',
  'refused-by-operator': 'bg-line-strong',
  stalled: 'bg-line-strong',
  failed: 'bg-line-strong',
}

const current: Record<Verdict['kind'], string> = {
  'in-progress': 'bg-accent-line animate-pulse motion-reduce:animate-none',
  'signed-in': 'bg-line',
  connected: 'bg-line',
  degraded: 'bg-warn',
  'refused-by-operator': 'bg-ink',
  stalled: 'bg-warn',
  failed: 'bg-bad',
}

type ProgressRailProps = {
  /** the pending step, or the one at which it ended; `null` when all are done */
  readonly stage: StageId | null
  readonly verdict: Verdict
}

/** An attempt's progress, one mark for each of the twelve steps. */
export function ProgressRail({ stage, verdict }: ProgressRailProps) {
  const done = stage === null ? order.length : order.indexOf(stage)
  const words = stage === null ? 'every step done' : `at ${stageWords[stage].label}`
  return (
    <span className="grid w-fit gap-1" title={`${done} of ${order.length} steps, ${words}`}>
      <span aria-hidden className="flex gap-0.5">
        {order.map((id, at) => (
          <span
            key={id}
            className={cn(
              'h-1.5 w-2 rounded-[1px] bg-line',
              at < done && completed[verdict.kind],
              at === done && current[verdict.kind],
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
