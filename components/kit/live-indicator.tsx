'use client'
import type { StreamState } from '@/components/kit/live/stream-states'
import { cn } from '@/components/ui/cn'
import { StatusDot } from '@/components/ui/status-dot'

type Shown = {
  readonly word: string
  readonly tone: 'ok' | 'warn' | 'bad' | 'neutral'
  readonly pulse: boolean
}

/** How each state is shown. */
export const states: Record<StreamState, Shown> = {
  connecting: { word: 'Connecting…', tone: 'neutral', pulse: true },
  live: { word: 'Live', tone: 'ok', pulse: true },
  reconnecting: { word: 'Reconnecting…', tone: 'warn', pulse: true },
  down: { word: 'Not connected', tone: 'bad', pulse: false },
}

const pausedWord: Record<StreamState, string> = {
  connecting: 'Paused, connecting…',
  live: 'Paused',
  reconnecting: 'Paused, reconnecting…',
  down: 'Paused, not connected',
}

const looks: Record<Shown['tone'], string> = {
  ok: 'bg-ok-soft text-ok-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  neutral: 'bg-sunken text-muted',
}

/** Whether new events reach this page, and whether it shows them. */
export function LiveIndicator({ state, paused }: { state: StreamState; paused: boolean }) {
  const { word, tone, pulse } = states[state]
  const calm = paused && state === 'live'
  return (
    <span
      role="status"
      data-state={paused ? 'paused' : state}
      className={cn(
        'inline-flex h-6 items-center gap-2 rounded-full px-2.5 font-medium text-xs',
        looks[calm ? 'neutral' : tone],
      )}
    >
      <StatusDot tone={calm ? 'neutral' : tone} pulse={pulse && !paused} className="size-1.5" />
      {paused ? pausedWord[state] : word}
    </span>
  )
}
