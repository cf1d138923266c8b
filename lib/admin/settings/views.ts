import type { SettingField } from '@/lib/config/form'
import type { PageRow } from '@/lib/config/setting'
import type { Reach } from '@/lib/store/grants/revoke-all'

export type SettingsView = {
  /** what an admin may change while the server runs */
  readonly settings: readonly SettingField[]
  /** what the environment says */
  readonly environment: readonly PageRow[]
  /** whom the end of every connection would meet */
  readonly reach: Reach
}
