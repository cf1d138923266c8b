import 'server-only'
import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server'
import { processWide } from '@/lib/process-wide'
import { isListening, notify, subscribe } from '@/lib/store/notifications'
import { openStreams } from './sessions/open-streams'

type Hub = { readonly listeners: Set<(event: ServerEvent) => void>; isSubscribed: boolean }

const hub = processWide('mcp-bus', (): Hub => ({ listeners: new Set(), isSubscribed: false }))

const methods: Partial<Record<ServerEvent['kind'], string>> = {
  tools_list_changed: 'notifications/tools/list_changed',
  prompts_list_changed: 'notifications/prompts/list_changed',
  resources_list_changed: 'notifications/resources/list_changed',
}

function deliver(event: ServerEvent): void {
  for (const listener of hub.listeners) listener(event)
  const method = methods[event.kind]
  if (!method) return
  // sessions have no subscription: whoever holds the stream of GET open is told
  for (const { sessionId, push } of openStreams()) {
    if (sessionId !== null) push?.({ jsonrpc: '2.0', method })
  }
}

function hear(payload: string): void {
  if (payload !== '') deliver(JSON.parse(payload) as ServerEvent)
}

/**
 * Changes of the lists, for `subscriptions/listen` and for the streams of GET. An event reaches the
 * streams of every instance; where notifications cannot be heard, those of this one.
 */
export const bus: ServerEventBus = {
  publish(event) {
    if (!isListening()) return deliver(event)
    notify('portico_lists', JSON.stringify(event)).catch(() => deliver(event))
  },
  subscribe(listener) {
    if (!hub.isSubscribed) {
      hub.isSubscribed = true
      subscribe('portico_lists', hear)
    }
    hub.listeners.add(listener)
    return () => void hub.listeners.delete(listener)
  },
}
