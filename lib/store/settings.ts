import 'server-only'
import { prisma } from './database'

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
