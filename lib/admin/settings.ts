import 'server-only'
import { z } from 'zod'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { env, eventDaysBounds, eventMegabytesBounds } from '@/lib/env'
import { commit, type Tell } from '@/lib/events/recorder'
import { lifetimeBounds } from '@/lib/oauth/lifetimes'
import { loadSettings } from '@/lib/settings'
import type { AuditFacts } from '@/lib/store/audit-actions'
import { reachOfAll } from '@/lib/store/revoke-all'
import {
  changeStoredSettings,
  readStoredSettings,
  type SettingsChange,
  type StoredSettings,
} from '@/lib/store/server-settings'
import { environmentRows } from './environment'
import type { SettingName, SettingRow, SettingsView } from './settings-views'

const path = '/admin/settings'

type Values = Readonly<Record<Exclude<SettingName, 'serverName'>, number>> & {
  readonly serverName: string
}

/** What each setting is called where its change is told. */
const labels: Readonly<Record<SettingName, string>> = {
  serverName: 'server name',
  accessTokenMinutes: 'life of access tokens',
  refreshIdleDays: 'life of unused connections',
  refreshMaxDays: 'longest life of connections',
  eventDays: 'retention of events',
  eventMegabytes: 'size of the log',
}

const names = Object.keys(labels) as SettingName[]

/** What holds while nobody has set anything. */
function defaults(): Values {
  const { serverName, lifetimes, eventDays, eventMegabytes } = env()
  return {
    serverName,
    accessTokenMinutes: lifetimes.accessToken / 60,
    refreshIdleDays: lifetimes.refreshIdle / 86_400,
    refreshMaxDays: lifetimes.refreshMax / 86_400,
    eventDays,
    eventMegabytes,
  }
}

const withDefaults = (stored: StoredSettings): Values => {
  const { longestAccessTokenMinutes: _, ...set } = stored
  return { ...defaults(), ...set }
}

/** The settings, what the environment says, and whom the danger zone would meet. */
export async function readSettings(): Promise<SettingsView> {
  await requireOperator('viewer', path)
  const [stored, environment, reach] = await Promise.all([
    readStoredSettings(),
    environmentRows(),
    reachOfAll(),
  ])
  const [present, fromEnvironment] = [withDefaults(stored), defaults()]
  const rows = names.map((name): [SettingName, SettingRow] => [
    name,
    {
      value: String(present[name]),
      fromEnvironment: String(fromEnvironment[name]),
      isSet: stored[name] !== undefined,
    },
  ])
  const settings = Object.fromEntries(rows) as SettingsView['settings']
  return { settings, environment, reach }
}

const whole = ({ min, max }: { readonly min: number; readonly max: number }) => {
  const problem = `Enter a whole number from ${min} to ${max}.`
  return z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, problem)
    .transform(Number)
    .refine((value) => value >= min && value <= max, problem)
}

const form = z
  .object({
    serverName: z
      .string()
      .transform((name) =>
        name
          .replace(/\p{Cc}/gu, ' ')
          .trim()
          .toWellFormed(),
      )
      .refine((name) => name !== '', 'Give the server a name.')
      .refine((name) => name.length <= 80, 'Use at most 80 characters.'),
    accessTokenMinutes: whole(lifetimeBounds.accessTokenMinutes),
    refreshIdleDays: whole(lifetimeBounds.refreshIdleDays),
    refreshMaxDays: whole(lifetimeBounds.refreshMaxDays),
    eventDays: whole(eventDaysBounds),
    eventMegabytes: whole(eventMegabytesBounds),
  })
  .refine((values) => values.refreshIdleDays <= values.refreshMaxDays, {
    path: ['refreshIdleDays'],
    message: 'An unused connection cannot live longer than any connection.',
  })

/** What becomes of what is stored; `null` when the values are those that hold already. */
function changeOf(stored: StoredSettings, values: Values, tell: Tell) {
  const [present, standard] = [withDefaults(stored), defaults()]
  const changed = names.filter((name) => present[name] !== values[name])
  if (changed.length === 0) return null
  // what is as the environment says follows the environment
  const set = names.filter((name) => values[name] !== standard[name])
  const settings = Object.fromEntries(set.map((name) => [name, values[name]])) as StoredSettings
  const longest = Math.max(
    stored.longestAccessTokenMinutes ?? 0,
    present.accessTokenMinutes,
    values.accessTokenMinutes,
  )
  const pick = (from: Values): AuditFacts =>
    Object.fromEntries(changed.map((name) => [name, from[name]]))
  const told = { settings: changed.map((name) => labels[name]) }
  return {
    settings: { ...settings, longestAccessTokenMinutes: longest },
    before: pick(present),
    after: pick(values),
    events: [tell('settings.changed', told)],
  } satisfies SettingsChange
}

/** What became of a change to the settings; problems by field. */
export type SettingsResult =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/** Changes the settings, felt on every instance at once. @param input as the browser sent it */
export async function saveSettings(
  input: Readonly<Record<SettingName, string>>,
): Promise<SettingsResult> {
  const operator = await requireOperator('admin', path)
  const checked = form.safeParse(input)
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => [String(issue.path[0]), issue.message])
    return { ok: false, problems: Object.fromEntries(problems) }
  }
  const exchange = await operatorExchange(operator, path)
  const actor = { userId: operator.id, address: exchange.address }
  const made = await commit(exchange, (tell) =>
    changeStoredSettings((stored) => changeOf(stored, checked.data, tell), actor),
  )
  await loadSettings()
  return { ok: true, changed: made !== null }
}
