'use client'
import type { ReactNode } from 'react'
import { useServerClock } from '@/components/handshake/use-server-clock'

type InTimeProps = {
  /** ISO 8601: the server's clock when the page was made */
  readonly now: string
  /** ISO 8601: when `after` takes the place of `before`; `null` for never */
  readonly dueAt: string | null
  readonly before: ReactNode
  readonly after: ReactNode
}

/** Shows what holds until a time and what holds from then on: a verdict is due at once, not after a request. */
export function InTime({ now, dueAt, before, after }: InTimeProps) {
  const at = useServerClock(now, dueAt !== null)
  return dueAt !== null && at >= Date.parse(dueAt) ? after : before
}
