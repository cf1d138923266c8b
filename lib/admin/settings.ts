import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { changeable } from '@/lib/config/all'
import { check, environmentRows, fieldOf } from '@/lib/config/form'
import { type StoredSettings, textsOfStored, type Values, valuesOf } from '@/lib/config/stored'
import { environment } from '@/lib/env'
import { commit, type Tell } from '@/lib/events/recorder'
import { loadSettings } from '@/lib/settings'
import type { AuditFacts } from '@/lib/store/audit-actions'
import { reachOfAll } from '@/lib/store/revoke-all'
import {
  changeStoredSettings,
  readStoredSettings,
  type SettingsChange,
} from '@/lib/store/server-settings'
import type { SettingsView } from './settings-views'

const path = '/admin/settings'

/** What holds now, and what holds while nobody has set anything. */
function valuesWith(stored: StoredSettings): readonly [Values, Values] {
  const texts = environment()
  return [valuesOf({ ...texts, ...textsOfStored(stored) }), valuesOf(texts)]
}

/** The settings, what the environment says, and whom the danger zone would meet. */
export async function readSettings(): Promise<SettingsView> {
  await requireOperator('viewer', path)
  const [stored, reach] = await Promise.all([readStoredSettings(), reachOfAll()])
  const values = valuesWith(stored)
  const settings = changeable.map((one) => fieldOf(one, stored, values))
  return { settings, environment: environmentRows(), reach }
}

/** What becomes of what is stored; `null` when the values are those that hold already. */
function changeOf(stored: StoredSettings, values: Values, tell: Tell) {
  const [present, standard] = valuesWith(stored)
  const changed = changeable.filter(({ name }) => present[name] !== values[name])
  if (changed.length === 0) return null
  // what is as the environment says follows the environment
  const set = Object.entries(values).filter(([name, value]) => value !== standard[name])
  const longest = [stored.longestAccessTokenMinutes ?? 0, present, values].map((one) =>
    Number(typeof one === 'object' ? one.accessTokenMinutes : one),
  )
  const pick = (from: Values): AuditFacts =>
    Object.fromEntries(changed.map(({ name }) => [name, from[name] ?? null]))
  const told = {
    settings: changed.map(({ label }) => `${label.charAt(0).toLowerCase()}${label.slice(1)}`),
  }
  return {
    settings: { ...Object.fromEntries(set), longestAccessTokenMinutes: Math.max(...longest) },
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
  input: Readonly<Record<string, string>>,
): Promise<SettingsResult> {
  const operator = await requireOperator('admin', path)
  const { texts, problems } = check(input)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const values = valuesOf(texts)
  const exchange = await operatorExchange(operator, path)
  const actor = { userId: operator.id, address: exchange.address }
  const made = await commit(exchange, (tell) =>
    changeStoredSettings((stored) => changeOf(stored, values, tell), actor),
  )
  await loadSettings()
  return { ok: true, changed: made !== null }
}
