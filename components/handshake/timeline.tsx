'use client'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useRowKeys } from '@/components/kit/use-row-keys'
import { cn } from '@/components/ui/cn'
import { lanesOf } from './lanes'
import { spanWords } from './span-words'
import type { TimelineItem } from './timeline-items'
import { TimelineLine, type TimelineLineProps } from './timeline-line'

/** Pixels per second; a longer gap is drawn broken. */
const PX_PER_SECOND = 28
const LEAST_PX = 10
const MOST_PX = 98
const NOTABLE_MS = 1000

type GapProps = {
  /** milliseconds between two lines; `null` before a pending step */
  readonly ms: number | null
  readonly isPersons: boolean
}

/** The time between two lines, to scale. */
function Gap({ ms, isPersons }: GapProps) {
  const whole = ((ms ?? 0) / 1000) * PX_PER_SECOND
  const height = Math.min(MOST_PX, Math.max(LEAST_PX, whole))
  const isBroken = whole > MOST_PX
  return (
    <div
      aria-hidden
      className="ml-[0.6875rem] flex items-center sm:ml-[6.1875rem]"
      style={{ height }}
    >
      <span
        className={cn('-ml-px h-full border-l-2', (ms === null || isBroken) && 'border-dashed')}
      />
      {ms !== null && ms >= NOTABLE_MS ? (
        <span className="pl-6 text-2xs text-muted">
          {ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : spanWords(ms)}
          {isPersons ? ', a person' : ''}
          {isBroken ? ', not to scale' : ''}
        </span>
      ) : null}
    </div>
  )
}

type TimelineProps = Pick<TimelineLineProps, 'now' | 'logPath'> & {
  readonly items: readonly TimelineItem[]
  /** content below the last line */
  readonly after?: ReactNode
}

/** Expands or collapses the focused line. */
const clickFocused = (): boolean => {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || !focused.matches('[data-row]')) return false
  focused.click()
  return true
}

/** The steps of a handshake from top to bottom, with gaps to scale. */
export function Timeline({ items, after, ...line }: TimelineProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const onToggle = useCallback((key: string) => {
    setOpen((keys) => {
      const next = new Set(keys)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  const lanes = useMemo(() => lanesOf(items), [items])
  useRowKeys('[data-row]', (key) => key === 'o' && clickFocused())
  return (
    <>
      <ol>
        {items.map((item, at) => (
          <li key={item.key}>
            {at > 0 ? <Gap ms={item.sinceMs} isPersons={item.isPersons} /> : null}
            <TimelineLine
              item={item}
              lane={lanes.get(item.key)}
              isLast={at === items.length - 1}
              open={open.has(item.key)}
              onToggle={onToggle}
              {...line}
            />
          </li>
        ))}
      </ol>
      {after}
    </>
  )
}
