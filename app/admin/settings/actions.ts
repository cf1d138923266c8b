'use server'
import { revokeEverything } from '@/lib/admin/danger'
import { saveSettings } from '@/lib/admin/settings'

/** Changes the settings. */
export const save = saveSettings

/** Ends every connection, once it was typed that this is meant. */
export const revokeAll = revokeEverything
