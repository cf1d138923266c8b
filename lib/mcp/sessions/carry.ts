import 'server-only'
import { carryMessage, everyInstance } from '@/lib/store/mcp/carried'
import { instanceId } from './instance'
import type { LiveSession } from './live'
import { addressed } from './request-ids'

const isCancellationOfOther = (message: unknown, { store }: LiveSession): boolean => {
  const { method, params } = Object(message) as {
    method?: unknown
    params?: { requestId?: unknown }
  }
  return method === 'notifications/cancelled' && !store.requests.has(params?.requestId)
}

/**
 * Forwards what another instance waits for: answers to and progress of requests it sent, and
 * cancellations of requests it works on.
 *
 * @returns the messages for this instance, with the ids the SDK knows
 */
export async function carryOthers(
  messages: readonly unknown[],
  session: LiveSession,
): Promise<unknown[]> {
  const own: unknown[] = []
  for (const received of messages) {
    const { instance, message } = addressed(received)
    if (instance !== null && instance !== instanceId) {
      await carryMessage(instance, session.id, JSON.stringify(received))
    } else if (isCancellationOfOther(received, session)) {
      await carryMessage(everyInstance, session.id, JSON.stringify(received))
    } else own.push(message)
  }
  return own
}
