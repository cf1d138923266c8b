import 'server-only'
import type { Env } from '@/lib/config/arranged'
import { envWith } from '@/lib/config/env'
import { type StoredSettings, textsOfStored } from '@/lib/config/stored'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { isListening, subscribe } from '@/lib/store/database/notifications'
import { readStoredSettings } from './server'

/** The configuration with what an admin has changed while the server runs. */
export type Settings = Env & {
  /** seconds; tokens of an earlier, longer life may still be about */
  readonly longestAccessToken: number
}

/** How old the settings may be where a change cannot be heard of. */
const deafForMs = 2000
/** When a read that failed is tried again. */
const retryMs = 1000

type Held = { settings: Settings | null; readAt: number; isReading: boolean; subscribed: boolean }

const held = processWide(
  'settings',
  (): Held => ({ settings: null, readAt: 0, isReading: false, subscribed: false }),
)

/** The settings that follow from what is stored and, where nothing is, from the environment. */
function settingsOf(stored: StoredSettings): Settings {
  const now = envWith(textsOfStored(stored))
  const longest = Number(stored.longestAccessTokenMinutes ?? 0) * 60
  return { ...now, longestAccessToken: Math.max(now.lifetimes.accessToken, longest) }
}

/** Reads the settings anew. */
export async function loadSettings(): Promise<void> {
  if (!held.subscribed) {
    held.subscribed = true
    subscribe('portico_settings', reload)
  }
  held.readAt = Date.now()
  held.settings = settingsOf(await readStoredSettings())
}

function reload(): void {
  if (held.isReading) {
    // what is being read may be older than what this tells of
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
 * The settings as they are in memory: never a database read for whoever asks. A change is heard of
 * by a notification, and where none arrives they are read anew now and then, behind the answer.
 */
export function settings(): Settings {
  const isDeaf = held.subscribed && !isListening() && Date.now() - held.readAt > deafForMs
  if (isDeaf && !held.isReading) reload()
  held.settings ??= settingsOf({})
  return held.settings
}
