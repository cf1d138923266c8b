import { cn } from '@/components/ui/cn'
import type { Lane } from './lanes'

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

type LaneBarProps = {
  readonly lane: Lane
  readonly tone: 'ok' | 'warn' | 'bad' | 'person' | 'beside'
}

const tones: Record<LaneBarProps['tone'], string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  person: 'bg-line-strong',
  beside: 'bg-line-strong',
}

/** A step's start and end on the common scale, with its typical duration below. */
export function LaneBar({ lane, tone }: LaneBarProps) {
  const { from, to, usualTo } = lane
  return (
    <span aria-hidden className="relative block h-2.5 w-full">
      <span className="absolute inset-x-0 top-0 h-1.5 rounded-[1px] bg-sunken" />
      <span
        className={cn('absolute top-0 h-1.5 min-w-0.5 rounded-[1px]', tones[tone])}
        style={{ left: percent(from), width: percent(to - from) }}
      />
      {usualTo === null ? null : (
        <span
          className="absolute bottom-0 h-0.5 bg-line-strong"
          style={{ left: percent(from), width: percent(usualTo - from) }}
        />
      )}
    </span>
  )
}
