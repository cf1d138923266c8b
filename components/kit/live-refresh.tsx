'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef } from 'react'
import { LiveIndicator } from '@/components/kit/live-indicator'
import { useLogStream } from '@/components/kit/use-log-stream'

/** Counts are written a moment after the event they count. */
const AFTER_MS = 900

/** Reads the page anew when an event happens that it shows. @param names beginning of their names */
export function LiveRefresh({ names }: { readonly names: string }) {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const stream = useMemo(
    () => ({ href: `/admin/log/stream?event=${encodeURIComponent(names)}`, cursor: '' }),
    [names],
  )
  const state = useLogStream(stream, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      router.refresh()
    }, AFTER_MS)
  })
  return <LiveIndicator state={state} paused={false} />
}
