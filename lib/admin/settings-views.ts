import type { Reach as StoredReach } from '@/lib/store/revoke-all'

/** The settings that an admin may change while the server runs. */
export type SettingName =
  | 'serverName'
  | 'accessTokenMinutes'
  | 'refreshIdleDays'
  | 'refreshMaxDays'
  | 'eventDays'
  | 'eventMegabytes'

/** One of them. */
export type SettingRow = {
  readonly value: string
  /** what it is while nobody has set it here */
  readonly fromEnvironment: string
  /** whether it was set here */
  readonly isSet: boolean
}

/** Something the environment says, by what it is for. */
export type EnvironmentRow = {
  readonly id: string
  readonly label: string
  readonly group: 'Server' | 'Sign-in' | 'Alerts' | 'Protocol'
  /** whether it is used at all; `null` where every server has one */
  readonly isOn: boolean | null
  /** what it is, never a secret */
  readonly value: string
  readonly variables: readonly string[]
}

/** Whom the end of every connection would meet. */
export type Reach = StoredReach

export type SettingsView = {
  readonly settings: Readonly<Record<SettingName, SettingRow>>
  readonly environment: readonly EnvironmentRow[]
  readonly reach: Reach
}
