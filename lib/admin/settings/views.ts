import type { SettingField } from '@/lib/config/form'
import type { PageRow } from '@/lib/config/setting'
import type { Reach } from '@/lib/store/grants/revoke-all'

export type SettingsView = {
  /** the settings that an admin may change while the server runs */
  readonly settings: readonly SettingField[]
  /** the values from the environment */
  readonly environment: readonly PageRow[]
  /** what revoking every connection would affect */
  readonly reach: Reach
}
