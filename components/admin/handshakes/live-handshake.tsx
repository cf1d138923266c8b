'use client'
import { LiveIndicator } from '@/components/kit/live-indicator'
import { useHandshake } from './use-handshake'

type LiveHandshakeProps = {
  readonly id: string
  /** ISO 8601: the server's clock at rendering */
  readonly now: string
  /** ISO 8601: when to refresh even without an event */
  readonly dueAt: string | null
}

/** Keeps the page up to date, and shows whether it can. */
export function LiveHandshake({ id, now, dueAt }: LiveHandshakeProps) {
  const state = useHandshake(id, now, dueAt)
  return <LiveIndicator state={state} paused={false} />
}
