import 'server-only'
import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server'
import { processWide } from '@/lib/process-wide'
import { logFailure } from '@/lib/store/database/availability'
import { notify, subscribeToChannel } from '@/lib/store/database/notifications'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'
import { instanceId } from './sessions/instance'
import { openStreams } from './sessions/open-streams'
import { toolListHash } from './tool-list'

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
  // sessions have no subscription: the open GET streams get the notification
  for (const { sessionId, push } of openStreams()) {
    if (sessionId !== null) push?.({ jsonrpc: '2.0', method })
  }
}

type Notice = { readonly from: string; readonly event: ServerEvent }

function receive(payload: string): void {
  if (payload === '') return
  const { from, event } = JSON.parse(payload) as Notice
  if (from !== instanceId) deliver(event)
}

function notifyOthers(event: ServerEvent): void {
  const notice: Notice = { from: instanceId, event }
  notify('portico_lists', JSON.stringify(notice)).catch((error) =>
    logFailure(`a change of ${event.kind} was not told to other instances`, error),
  )
}

/** Publishes list changes on every instance, to `subscriptions/listen` and to GET streams. */
export const bus: ServerEventBus = {
  publish(event) {
    deliver(event)
    notifyOthers(event)
  },
  subscribe(listener) {
    if (!hub.isSubscribed) {
      hub.isSubscribed = true
      subscribeToChannel('portico_lists', receive)
    }
    hub.listeners.add(listener)
    return () => void hub.listeners.delete(listener)
  },
}

const key = 'mcp.tool-list'

/** Notifies clients, also of other instances, when the tools differ from those of the last start. */
export async function announceToolList(): Promise<void> {
  const before = await readSetting(key)
  const now = toolListHash()
  if (before === now) return
  await writeSetting(key, now)
  if (before !== null) bus.publish({ kind: 'tools_list_changed' })
}
