import 'server-only'
import { command, query } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { changeable } from '@/lib/config/all'
import { environment } from '@/lib/config/env'
import { check, environmentRows, fieldOf, settingNames } from '@/lib/config/form'
import { type StoredSettings, textsOfStored, type Values, valuesOf } from '@/lib/config/stored'
import { before, form } from '@/lib/http/sent'
import type { DescribeEvent } from '@/lib/recorder/recorder'
import type { AuditFacts } from '@/lib/store/audit/actions'
import { reachOfAll } from '@/lib/store/grants/revoke-all'
import { loadSettings } from '@/lib/store/settings/current'
import {
  changeStoredSettings,
  readStoredSettings,
  type SettingsChange,
} from '@/lib/store/settings/server'

const path = '/admin/settings'

/** The current values, and those without any change in the dashboard. */
function valuesWith(stored: StoredSettings): readonly [Values, Values] {
  const texts = environment()
  return [valuesOf({ ...texts, ...textsOfStored(stored) }), valuesOf(texts)]
}

/** The changeable settings, the environment's values, and what revoking everything would affect. */
export const readSettings = query({ role: 'viewer', path }, async () => {
  const [stored, reach] = await Promise.all([readStoredSettings(), reachOfAll()])
  const values = valuesWith(stored)
  const settings = changeable.map((one) => fieldOf(one, stored, values))
  return { settings, environment: environmentRows(), reach }
})

export type SettingsView = Awaited<ReturnType<typeof readSettings>>

/** The change to the stored settings; `null` when the values are unchanged. */
function changeOf(stored: StoredSettings, values: Values, describe: DescribeEvent) {
  const [present, standard] = valuesWith(stored)
  const changed = changeable.filter(({ name }) => present[name] !== values[name])
  if (changed.length === 0) return null
  // values equal to the environment's are not stored, so that they follow it
  const set = Object.entries(values).filter(([name, value]) => value !== standard[name])
  const longest = [stored.longestAccessTokenMinutes ?? 0, present, values].map((one) =>
    Number(typeof one === 'object' ? one.accessTokenMinutes : one),
  )
  const pick = (from: Values): AuditFacts =>
    Object.fromEntries(changed.map(({ name }) => [name, from[name] ?? null]))
  const detail = {
    settings: changed.map(({ label }) => `${label.charAt(0).toLowerCase()}${label.slice(1)}`),
  }
  return {
    settings: { ...Object.fromEntries(set), longestAccessTokenMinutes: Math.max(...longest) },
    before: pick(present),
    after: pick(values),
    events: [describe('settings.changed', detail)],
  } satisfies SettingsChange
}

/** The state of the settings form after submitting. */
export type SettingsState = {
  /** the rejected input, or `null` */
  readonly typed: Readonly<Record<string, string>> | null
  /** by field */
  readonly problems: Readonly<Record<string, string>>
  readonly message: string | null
}

/** Changes the settings on every instance at once. */
export const saveSettings = command(
  { role: 'admin', path, takes: [before, form] },
  async (operator, _, fields): Promise<SettingsState> => {
    const typed = Object.fromEntries(settingNames.map((name) => [name, fields.text(name)]))
    const { texts, problems } = check(typed)
    if (Object.keys(problems).length > 0) return { typed, problems, message: null }
    const values = valuesOf(texts)
    const made = await commitBy(operator, {}, (describe, actor) =>
      changeStoredSettings((stored) => changeOf(stored, values, describe), actor),
    )
    await loadSettings()
    const message = made ? 'Saved, on every instance.' : 'Nothing has changed.'
    return { typed: null, problems: {}, message }
  },
)
