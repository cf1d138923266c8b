import type { SettingField } from '@/lib/config/form'
import type { PageRow } from '@/lib/config/setting'
import type { Reach as StoredReach } from '@/lib/store/revoke-all'

/** Something the environment says, by what it is for. */
export type EnvironmentRow = PageRow

/** Whom the end of every connection would meet. */
export type Reach = StoredReach

export type SettingsView = {
  /** what an admin may change while the server runs */
  readonly settings: readonly SettingField[]
  readonly environment: readonly EnvironmentRow[]
  readonly reach: Reach
}
