import { processWide } from '@/lib/process-wide'

/** A list that a client may have read and that can change while it is connected. */
export type List = 'tools' | 'prompts' | 'resources'

type Listener = (list: List) => void

const listeners = processWide('list-changed', () => new Set<Listener>())

/** Calls `listener` whenever a list changes, for as long as the process lives. */
export const onListChanged = (listener: Listener): void => void listeners.add(listener)

/** Tells every client that listens that a list changed (MCP, "List Changed Notification"). */
export function publishListChanged(list: List): void {
  for (const listener of listeners) listener(list)
}
