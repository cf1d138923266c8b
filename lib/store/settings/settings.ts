import 'server-only'
import { type Connection, prisma } from '@/lib/store/database/database'

/** A text that Portico stores for itself, or `null`. @param connection of a transaction */
export async function readSetting(key: string, connection?: Connection): Promise<string | null> {
  const row = await (connection ?? (await prisma())).setting.findUnique({ where: { key } })
  return typeof row?.value === 'string' ? row.value : null
}

/** Stores a text under `key`, replacing the old one. @param connection of a transaction */
export async function writeSetting(
  key: string,
  value: string,
  connection?: Connection,
): Promise<void> {
  await (connection ?? (await prisma())).setting.upsert({
    where: { key },
    create: { key, value },
    update: { value },
  })
}

/** Stores a text under `key` unless there is one. @returns the stored text, the same for concurrent callers */
export async function keepSetting(key: string, value: string): Promise<string> {
  const connection = await prisma()
  await connection.setting.createMany({ data: [{ key, value }], skipDuplicates: true })
  return (await readSetting(key)) ?? value
}

/** Takes a periodic turn: one of all instances that ask gets it. @param everyMs until the next */
export async function claimTurn(key: string, now: Date, everyMs: number): Promise<boolean> {
  const before = new Date(now.getTime() - everyMs)
  const taken = await (await prisma()).$executeRaw`
    insert into "Setting" (key, value, "updatedAt") values (${key}, '"taken"'::jsonb, ${now})
    on conflict (key) do update set "updatedAt" = excluded."updatedAt"
    where "Setting"."updatedAt" <= ${before}`
  return taken > 0
}
