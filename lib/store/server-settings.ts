import 'server-only'
import { auditWith } from './audit'
import type { AuditFacts } from './audit-actions'
import { prisma, transaction } from './database'
import { insertEventsWith, type NewEvent } from './events'
import type { Prisma } from './generated/client'
import type { Actor } from './grants'

/** What an admin has set; what is absent is as the environment says. */
export type StoredSettings = {
  readonly serverName?: string
  readonly accessTokenMinutes?: number
  readonly refreshIdleDays?: number
  readonly refreshMaxDays?: number
  readonly eventDays?: number
  readonly eventMegabytes?: number
  /** the longest life that an access token was given since this is kept */
  readonly longestAccessTokenMinutes?: number
}

const key = 'server'

const toSettings = (value: Prisma.JsonValue | undefined): StoredSettings =>
  typeof value === 'object' && value !== null ? (value as StoredSettings) : {}

/** What an admin has set, as it is stored. */
export async function readStoredSettings(): Promise<StoredSettings> {
  const row = await (await prisma()).setting.findUnique({ where: { key } })
  return toSettings(row?.value)
}

/** What a change makes of the settings, and what is told of it. */
export type SettingsChange = {
  readonly settings: StoredSettings
  readonly before: AuditFacts
  readonly after: AuditFacts
  readonly events: readonly NewEvent[]
}

/**
 * Changes the settings on every instance. Two who do so at once do it one after another.
 *
 * @param change is given what is stored; `null` when it would change nothing
 * @returns the change that was made
 */
export function changeStoredSettings(
  change: (stored: StoredSettings) => SettingsChange | null,
  actor: Actor,
): Promise<SettingsChange | null> {
  return transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.settings'))`
    const row = await connection.setting.findUnique({ where: { key } })
    const made = change(toSettings(row?.value))
    if (!made) return null
    const value = made.settings as Prisma.InputJsonObject
    await connection.setting.upsert({
      where: { key },
      create: { key, value },
      update: { value },
    })
    const { before, after } = made
    await auditWith(connection, actor, 'settings.changed', key, { before, after })
    await insertEventsWith(connection, made.events)
    await connection.$executeRaw`select pg_notify('portico_settings', '')`
    return made
  })
}
