import 'server-only'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'
import { bus } from './bus'
import { toolListHash } from './tool-list'

const key = 'mcp.tool-list'

/**
 * Tells the clients of other instances that the tools have changed, where this start serves others
 * than the last one did.
 */
export async function announceToolList(): Promise<void> {
  const before = await readSetting(key)
  const now = toolListHash()
  if (before === now) return
  await writeSetting(key, now)
  if (before !== null) bus.publish({ kind: 'tools_list_changed' })
}
