'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef } from 'react'
import { LiveIndicator } from '@/components/kit/live-indicator'
import { useLogStream } from '@/components/kit/use-log-stream'

/** Counts are written shortly after their event. */
const AFTER_MS = 900

/** Refreshes the page when a matching event arrives. @param names prefixes of event names */
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
