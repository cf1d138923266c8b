import 'server-only'
import { z } from 'zod'
import type { StoredSettings } from '@/lib/config/stored'
import type { AuditFacts } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Actor } from '@/lib/vocabulary'

const key = 'server'

const members = z.record(z.string(), z.unknown()).catch({})

/** Ignores what another version has stored in another form. */
const toSettings = (value: unknown): StoredSettings =>
  Object.fromEntries(
    Object.entries(members.parse(value)).flatMap(([name, member]) =>
      typeof member === 'string' || typeof member === 'number' ? [[name, member]] : [],
    ),
  )

/** An admin's settings, as stored. */
export async function readStoredSettings(): Promise<StoredSettings> {
  const row = await (await prisma()).setting.findUnique({ where: { key } })
  return toSettings(row?.value)
}

/** The changed settings, and what is recorded of the change. */
export type SettingsChange = {
  readonly settings: StoredSettings
  readonly before: AuditFacts
  readonly after: AuditFacts
  readonly events: readonly NewEvent[]
}

/**
 * Changes the settings on every instance. Concurrent changes run one after another.
 *
 * @param change receives what is stored; returns `null` when it would change nothing
 * @returns the change that was made
 */
export const changeStoredSettings = (
  change: (stored: StoredSettings) => SettingsChange | null,
  actor: Actor,
): Promise<SettingsChange | null> =>
  transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.settings'))`
    const row = await connection.setting.findUnique({ where: { key } })
    const made = change(toSettings(row?.value))
    if (!made) return null
    const value = made.settings
    await connection.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
    const { before, after, events } = made
    await auditWith(connection, actor, 'settings.changed', key, events, { before, after })
    await connection.$executeRaw`select pg_notify('portico_settings', '')`
    return made
  })
