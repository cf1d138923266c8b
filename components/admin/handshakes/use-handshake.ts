'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { StreamState } from '@/components/kit/live/stream-states'
import { useEventStream } from '@/components/kit/live/use-event-stream'

/** Changes within this time before the page was made may not be on it. */
const BEFORE_MS = 5000
/** What the page was told ahead is confirmed; a second look is for a clock that differs. */
const LOOKS_MS = [300, 3000]

/**
 * Keeps the page of a handshake right while it is open: it is read anew when the handshake changes,
 * and when a step that is awaited is due.
 *
 * @param now ISO 8601: the server's clock when the page was made
 * @param dueAt ISO 8601: when the awaited step is due
 */
export function useHandshake(id: string, now: string, dueAt: string | null): StreamState {
  const router = useRouter()
  const [stream] = useState(() => ({
    href: `/admin/handshakes/stream?id=${encodeURIComponent(id)}`,
    cursor: String(Date.parse(now) - BEFORE_MS),
  }))
  const state = useEventStream(stream, 'detail gone', (messages) => {
    const isNewer = messages.some(
      ({ event, data }) => event === 'gone' || (data as { now: string }).now > now,
    )
    if (isNewer) router.refresh()
  })
  useEffect(() => {
    if (dueAt === null) return
    const left = Date.parse(dueAt) - Date.now()
    const timers = LOOKS_MS.map((ms) => setTimeout(() => router.refresh(), Math.max(0, left) + ms))
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [router, dueAt])
  return state
}
