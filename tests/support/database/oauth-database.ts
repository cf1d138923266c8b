import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { startPortico } from '../server/portico'
import type { Portico } from '../server/portico-process'
import { withDatabase } from './portico-database'

/** The port of an instance, to restart it on the same one. */
const portOf = ({ origin }: Portico): number => Number(new URL(origin).port)

/** Stops a Portico, changes its stored data, and restarts it on the same port. */
export async function changeStored(
  portico: Portico,
  stored: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Portico> {
  await portico.stop()
  return startPortico({ dataDir: portico.dataDir, port: portOf(portico), env, stored })
}

/** Every row of every table of a stopped Portico, by table, as text. */
export const storedRows = ({ dataDir }: Portico): Promise<Map<string, string>> =>
  withDatabase(dataDir, async (query) => {
    const tables = await query(
      "select table_name from information_schema.tables where table_schema = 'public'",
    )
    const dump = new Map<string, string>()
    for (const { table_name: table } of tables) {
      const rows = await query(`select to_jsonb(t)::text as row from "${table}" t`)
      dump.set(String(table), rows.map(({ row }) => row).join('\n'))
    }
    return dump
  })

/** Every file below a data directory, by path. */
export const storedFiles = ({ dataDir }: Portico): Map<string, Buffer> =>
  new Map(
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file)]),
  )
