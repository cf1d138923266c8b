'use client'
import { memo } from 'react'
import { useHydrated } from '@/components/ui/clock'
import { duration } from '@/lib/events/words'
import { rowGrid } from './row-grid'

const NOTABLE_MS = 20_000

const dayOf = (at: Date, local: boolean) =>
  at.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: local ? undefined : 'UTC',
  })

type GapProps = { readonly newer: string; readonly older: string }

/** A long gap between two events; gaps are what readers look for here. */
export const Gap = memo(function Gap({ newer, older }: GapProps) {
  const local = useHydrated()
  const from = new Date(older)
  const to = new Date(newer)
  const silence = to.getTime() - from.getTime()
  const day = dayOf(from, local)
  const newDay = day !== dayOf(to, local)
  if (silence < NOTABLE_MS && !newDay) return null
  return (
    <div aria-hidden className={`${rowGrid} border-b bg-canvas/60 py-0.5 text-muted`}>
      <span className="text-2xs [grid-area:event] xl:pl-6">
        {duration(Math.round(silence / 1000))} without events
        {newDay ? `, back to ${day}` : null}
      </span>
    </div>
  )
})
