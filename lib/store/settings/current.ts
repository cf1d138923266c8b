import 'server-only'
import type { Env } from '@/lib/config/arranged'
import { envWith } from '@/lib/config/env'
import { type StoredSettings, textsOfStored } from '@/lib/config/stored'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import { readStoredSettings } from './server'

/** The configuration, including an admin's changes at run time. */
export type Settings = Env & {
  /** seconds; tokens issued with an earlier, longer lifetime may still be in use */
  readonly longestAccessToken: number
}

/** How old the settings may be while notifications do not arrive. */
const pollAfterMs = 2000
/** When a failed read is retried. */
const retryMs = 1000

const held = processWide('settings', () => ({
  settings: null as Settings | null,
  readAt: 0,
  isReading: false,
  subscribed: false,
}))

/** The settings from what is stored, else from the environment. */
function settingsOf(stored: StoredSettings): Settings {
  const now = envWith(textsOfStored(stored))
  const longest = Number(stored.longestAccessTokenMinutes ?? 0) * 60
  return { ...now, longestAccessToken: Math.max(now.lifetimes.accessToken, longest) }
}

/** Reloads the settings. */
export async function loadSettings(): Promise<void> {
  if (!held.subscribed) {
    held.subscribed = true
    subscribeToChannel('portico_settings', reload)
  }
  held.readAt = Date.now()
  held.settings = settingsOf(await readStoredSettings())
}

function reload(): void {
  if (held.isReading) {
    // a read under way may predate this change
    held.readAt = 0
    return
  }
  held.isReading = true
  afterAnswer(() =>
    loadSettings()
      .catch(() => void setTimeout(reload, retryMs).unref())
      .finally(() => {
        held.isReading = false
        if (held.readAt === 0) reload()
      }),
  )
}

/**
 * The settings in memory: the caller never waits for the database. A notification announces a change; while
 * none arrive, the settings are reloaded now and then in the background.
 */
export function currentSettings(): Settings {
  const isStale = held.subscribed && !isListening() && Date.now() - held.readAt > pollAfterMs
  if (isStale && !held.isReading) reload()
  held.settings ??= settingsOf({})
  return held.settings
}
