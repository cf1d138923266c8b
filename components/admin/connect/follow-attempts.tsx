'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { type Stream, useEventStream } from '@/components/kit/live/use-event-stream'
import { LiveIndicator } from '@/components/kit/live-indicator'

/** The second refresh allows for clock skew. */
const DELAY_MS = [300, 3000]

/** The URL keeps when the page was opened, so that a reload follows the same attempts. */
function useSinceInAddress(since: string) {
  useEffect(() => {
    const url = new URL(window.location.href)
    if (url.searchParams.has('since')) return
    url.searchParams.set('since', String(Date.parse(since)))
    window.history.replaceState(null, '', url)
  }, [since])
}

type FollowAttemptsProps = {
  readonly stream: Stream
  /** ISO 8601: when the page was opened */
  readonly since: string
  /** ISO 8601: when the pending step is due */
  readonly dueAt: string | null
  /** the checklist's state, in a sentence */
  readonly status: string
}

/** Refreshes the page as attempts change, and announces the state to screen readers. */
export function FollowAttempts({ stream, since, dueAt, status }: FollowAttemptsProps) {
  const router = useRouter()
  const [followed] = useState(stream)
  useSinceInAddress(since)
  const state = useEventStream(followed, 'handshake gone', () => router.refresh())
  useEffect(() => {
    if (dueAt === null) return
    const left = Math.max(0, Date.parse(dueAt) - Date.now())
    const timers = DELAY_MS.map((ms) => setTimeout(() => router.refresh(), left + ms))
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [router, dueAt])
  return (
    <>
      <LiveIndicator state={state} paused={false} />
      <span aria-live="polite" className="sr-only">
        {status}
      </span>
    </>
  )
}
