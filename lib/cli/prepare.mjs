import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const file = join(root, 'lib/store/generated/empty-database.ts')

/** Stands where nothing was prepared: a first start then makes its database itself. */
const none = `// Written by lib/cli/prepare.mjs.
/** An empty embedded database with its tables; \`null\` where the build prepared none. */
export const emptyDatabase: string | null = null
`

/**
 * Keeps the module while Prisma empties the directory that it is in, and lets the sources be compiled
 * where nothing was prepared yet.
 *
 * @returns {() => void} to be called when Prisma has written its own
 */
export function keepEmptyDatabaseModule() {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : none
  return () => writeFileSync(file, text)
}

/** What a prepared database is made of. */
function keyOfSources() {
  const hash = createHash('sha256')
  const sources = [
    'lib/store/generated/migrations.ts',
    'lib/cli/empty-database.ts',
    'lib/store/database/cluster.ts',
    'node_modules/@electric-sql/pglite/package.json',
  ]
  for (const source of sources) hash.update(readFileSync(join(root, source))).update('\0')
  return hash.digest('hex').slice(0, 16)
}

/**
 * Writes the module with the database that a first start begins with, if the one that is there is not
 * of the present sources. On Vercel there is no disk for a database, so that there is none to prepare.
 *
 * @throws when it cannot be made
 */
export function prepareEmptyDatabase() {
  if (process.env.VERCEL) {
    writeFileSync(file, none)
    return
  }
  const key = keyOfSources()
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(`// ${key} `)) return
  const script = join(root, 'lib/cli/empty-database.ts')
  // in a process of its own: the memory that `initdb` takes is gone when Next begins to build
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', script, key],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`the empty database could not be made\n${stderr}`)
}
