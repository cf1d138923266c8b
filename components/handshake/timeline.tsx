'use client'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useRowKeys } from '@/components/kit/use-row-keys'
import { Gap } from './gap'
import { lanesOf } from './lanes'
import type { TimelineItem } from './timeline-items'
import { TimelineLine, type TimelineLineProps } from './timeline-line'

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
            {at > 0 ? (
              <Gap
                ms={item.sinceMs}
                isPersons={item.isPersons}
                className="ml-[0.6875rem] sm:ml-[6.1875rem]"
              />
            ) : null}
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
