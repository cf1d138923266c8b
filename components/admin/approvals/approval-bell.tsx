'use client'
import { Bell } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { buttonVariants } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

const EVERY_MS = 4000

/**
 * Polls the number of pending approvals while the page is visible. Not a stream: browsers open
 * six connections to a server over HTTP/1.1, and the pages need theirs.
 */
function usePendingCount(initial: number): number {
  const [known, setKnown] = useState({ initial, waiting: initial })
  if (known.initial !== initial) setKnown({ initial, waiting: initial })
  useEffect(() => {
    const poll = async () => {
      if (document.visibilityState !== 'visible') return
      const response = await fetch('/admin/approvals/count').catch(() => null)
      // signed out: the next page says so, and polling would never succeed again
      if (response?.status === 401) return stop()
      if (!response?.ok) return
      const { waiting } = (await response.json()) as { waiting: number }
      setKnown((before) => ({ ...before, waiting }))
    }
    const timer = setInterval(poll, EVERY_MS)
    document.addEventListener('visibilitychange', poll)
    const stop = () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', poll)
    }
    return stop
  }, [])
  return known.waiting
}

/** The bell: the number of pending approvals, and a link to them. */
export function ApprovalBell({ waiting: initial }: { waiting: number }) {
  const waiting = usePendingCount(initial)
  const label = waiting === 0 ? 'Approvals: none waiting' : `Approvals: ${waiting} waiting`
  return (
    <Link
      href="/admin/approvals"
      aria-label={label}
      title={label}
      className={cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'relative')}
    >
      <Bell aria-hidden />
      {waiting > 0 ? (
        <span
          aria-hidden
          className="absolute top-0 right-0 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-semibold text-2xs text-on-accent max-md:top-1 max-md:right-1"
        >
          {waiting > 99 ? '99+' : waiting}
        </span>
      ) : null}
      <span role="status" className="sr-only">
        {waiting > 0 ? label : ''}
      </span>
    </Link>
  )
}
