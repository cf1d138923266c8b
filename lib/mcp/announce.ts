import 'server-only'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'
import { bus } from './bus'
import { toolListHash } from './tool-list'

const key = 'mcp.tool-list'

/** Notifies clients, also of other instances, when the tools differ from those of the last start. */
export async function announceToolList(): Promise<void> {
  const before = await readSetting(key)
  const now = toolListHash()
  if (before === now) return
  await writeSetting(key, now)
  if (before !== null) bus.publish({ kind: 'tools_list_changed' })
}
