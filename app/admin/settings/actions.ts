'use server'
import { revokeEverything } from '@/lib/admin/settings/danger'
import { saveSettings } from '@/lib/admin/settings/settings'

/** Changes the settings. */
export const save = saveSettings

/** Ends every connection, once it was typed that this is meant. */
export const revokeAll = revokeEverything
