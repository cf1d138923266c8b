import type { revokeEverything } from '@/lib/admin/settings/danger'
import type { saveSettings } from '@/lib/admin/settings/settings'

/** Changes the settings. */
export type SaveAction = typeof saveSettings

/** Revokes every connection. */
export type RevokeAllAction = typeof revokeEverything
