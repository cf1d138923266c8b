'use client'
import type { ReactNode } from 'react'
import { useServerClock } from '@/components/handshake/use-server-clock'

type InTimeProps = {
  /** ISO 8601: the server's clock at rendering */
  readonly now: string
  /** ISO 8601: when `after` replaces `before`; `null` for never */
  readonly dueAt: string | null
  readonly before: ReactNode
  readonly after: ReactNode
}

/** Shows `before` until a time, then `after`: a verdict must not wait for a request. */
export function InTime({ now, dueAt, before, after }: InTimeProps) {
  const at = useServerClock(now, dueAt !== null)
  return dueAt !== null && at >= Date.parse(dueAt) ? after : before
}
