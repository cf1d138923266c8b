'use client'
import { useStreams } from '@/components/kit/live/stream-states'
import { states } from '@/components/kit/live-indicator'
import { StatusDot } from '@/components/ui/status-dot'

/** Whether the page's streams are connected; nothing on a page without streams. */
export function ShellStreamState() {
  const state = useStreams()
  if (state === null) return null
  const { word, tone, pulse } = states[state]
  return (
    <span
      data-stream={state}
      title={
        state === 'live' ? 'New events appear here automatically' : 'This page may be out of date'
      }
      className="flex items-center gap-2 text-muted text-xs"
    >
      <StatusDot tone={tone} pulse={pulse} className="size-1.5" />
      <span>
        <span className="sr-only">Updates of this page: </span>
        {word}
      </span>
    </span>
  )
}
