import 'server-only'
import { processWide } from '@/lib/process-wide'
import { isListening, subscribe } from '@/lib/store/database/notifications'

type Hub = { readonly waiters: Map<string, Set<() => void>>; isSubscribed: boolean }

const hub = processWide('mcp-wake', (): Hub => ({ waiters: new Map(), isSubscribed: false }))

/** How often to poll the rows while notifications do not arrive. */
const pollMs = 500

function wake(payload: string): void {
  const ids = payload === '' ? [...hub.waiters.keys()] : payload.split(',')
  for (const id of ids) for (const wakeUp of hub.waiters.get(id) ?? []) wakeUp()
}

/** Waits for events of a session's streams. A wake-up between two calls of `sleep` is not lost. */
export type EventWaiter = {
  /** resolves when there may be new events, and after `ms` at the latest */
  sleep(ms: number): Promise<void>
  close(): void
}

/** Subscribes to a session's events; the signal wakes it, too. */
export function eventWaiter(sessionId: string, signal: AbortSignal): EventWaiter {
  if (!hub.isSubscribed) {
    hub.isSubscribed = true
    subscribe('portico_streams', wake)
  }
  let isPending = false
  let resume = () => {}
  const wakeUp = () => {
    isPending = true
    resume()
  }
  const others = hub.waiters.get(sessionId) ?? new Set()
  hub.waiters.set(sessionId, others.add(wakeUp))
  signal.addEventListener('abort', wakeUp)
  return {
    sleep: async (ms) => {
      if (!isPending) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, isListening() ? ms : Math.min(ms, pollMs))
          resume = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isPending = false
    },
    close: () => {
      signal.removeEventListener('abort', wakeUp)
      others.delete(wakeUp)
      if (others.size === 0) hub.waiters.delete(sessionId)
    },
  }
}
