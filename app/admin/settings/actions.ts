'use server'
import { revokeEverything } from '@/lib/admin/settings/danger'
import { saveSettings } from '@/lib/admin/settings/settings'

/** Changes the settings. */
export const save = saveSettings

/** Revokes every connection after a typed confirmation. */
export const revokeAll = revokeEverything
