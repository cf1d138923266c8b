import 'server-only'
import { prisma } from '@/lib/store/database/database'

/** A text Portico keeps for itself, or `null`. */
export async function readSetting(key: string): Promise<string | null> {
  const row = await (await prisma()).setting.findUnique({ where: { key } })
  return typeof row?.value === 'string' ? row.value : null
}

/** Keeps a text under `key`, replacing what was there. */
export async function writeSetting(key: string, value: string): Promise<void> {
  await (await prisma()).setting.upsert({
    where: { key },
    create: { key, value },
    update: { value },
  })
}

/** Keeps a text under `key` unless there is one. @returns what is kept now, for all who ask at once */
export async function keepSetting(key: string, value: string): Promise<string> {
  const connection = await prisma()
  await connection.setting.createMany({ data: [{ key, value }], skipDuplicates: true })
  return (await readSetting(key)) ?? value
}

/**
 * Takes a turn that is due once in a while: of all instances that ask, one is told yes.
 *
 * @param everyMs how long after a turn the next one is due
 */
export async function claimTurn(key: string, now: Date, everyMs: number): Promise<boolean> {
  const before = new Date(now.getTime() - everyMs)
  const taken = await (await prisma()).$executeRaw`
    insert into "Setting" (key, value, "updatedAt") values (${key}, '"taken"'::jsonb, ${now})
    on conflict (key) do update set "updatedAt" = excluded."updatedAt"
    where "Setting"."updatedAt" <= ${before}`
  return taken > 0
}
