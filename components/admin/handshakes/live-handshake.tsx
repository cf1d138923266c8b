'use client'
import { LiveIndicator } from '@/components/kit/live-indicator'
import { useHandshake } from './use-handshake'

type LiveHandshakeProps = {
  readonly id: string
  /** ISO 8601: the server's clock when the page was made */
  readonly now: string
  /** ISO 8601: when the page has to be read anew though nothing happens */
  readonly dueAt: string | null
}

/** Keeps the page right, and says whether it can. */
export function LiveHandshake({ id, now, dueAt }: LiveHandshakeProps) {
  const state = useHandshake(id, now, dueAt)
  return <LiveIndicator state={state} paused={false} />
}
