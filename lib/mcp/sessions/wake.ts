import 'server-only'
import { processWide } from '@/lib/process-wide'
import { isListening, subscribe } from '@/lib/store/database/notifications'

type Hub = { readonly sleepers: Map<string, Set<() => void>>; isSubscribed: boolean }

const hub = processWide('mcp-wake', (): Hub => ({ sleepers: new Map(), isSubscribed: false }))

/** How often to poll the rows while notifications do not arrive. */
const pollMs = 500

function wake(payload: string): void {
  const ids = payload === '' ? [...hub.sleepers.keys()] : payload.split(',')
  for (const id of ids) for (const rouse of hub.sleepers.get(id) ?? []) rouse()
}

/** Waits for events of a session's streams. A wake-up between two calls of `sleep` is not lost. */
export type Wakeful = {
  /** resolves when there may be new events, and after `ms` at the latest */
  sleep(ms: number): Promise<void>
  close(): void
}

/** Subscribes to a session's events; the signal wakes it, too. */
export function wakeful(sessionId: string, signal: AbortSignal): Wakeful {
  if (!hub.isSubscribed) {
    hub.isSubscribed = true
    subscribe('portico_streams', wake)
  }
  let isPending = false
  let resume = () => {}
  const rouse = () => {
    isPending = true
    resume()
  }
  const others = hub.sleepers.get(sessionId) ?? new Set()
  hub.sleepers.set(sessionId, others.add(rouse))
  signal.addEventListener('abort', rouse)
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
      signal.removeEventListener('abort', rouse)
      others.delete(rouse)
      if (others.size === 0) hub.sleepers.delete(sessionId)
    },
  }
}
