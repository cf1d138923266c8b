'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { StreamState } from '@/components/kit/live/stream-states'
import { useEventStream } from '@/components/kit/live/use-event-stream'

/** The page may miss changes from this long before it was rendered. */
const BEFORE_MS = 5000
/** Confirms what the page predicted; the second refresh allows for clock skew. */
const DELAY_MS = [300, 3000]

/**
 * Keeps the page of a handshake up to date: refreshes it when the handshake changes,
 * and when a pending step is due.
 *
 * @param now ISO 8601: the server's clock at rendering
 * @param dueAt ISO 8601: when the pending step is due
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
    const timers = DELAY_MS.map((ms) => setTimeout(() => router.refresh(), Math.max(0, left) + ms))
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [router, dueAt])
  return state
}
