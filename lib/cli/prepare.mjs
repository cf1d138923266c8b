import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const file = join(root, 'lib/store/generated/empty-database.ts')

/** The module without a prepared database: a first start then creates its own. */
const none = `// Written by lib/cli/prepare.mjs.
/** An empty embedded database with its tables; \`null\` where the build prepared none. */
export const emptyDatabase: string | null = null
`

/**
 * Saves the module while Prisma empties its directory, and provides an empty one so that the sources
 * compile before anything is prepared.
 *
 * @returns {() => void} restores it; call it after Prisma has run
 */
export function keepEmptyDatabaseModule() {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : none
  return () => writeFileSync(file, text)
}

/** A hash of the inputs of a prepared database. */
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
 * Writes the module with the database for a first start, unless it is up to date. Vercel has no disk for
 * a database, so none is prepared there.
 *
 * @throws if it cannot be created
 */
export function prepareEmptyDatabase() {
  if (process.env.VERCEL) {
    writeFileSync(file, none)
    return
  }
  const key = keyOfSources()
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(`// ${key} `)) return
  const script = join(root, 'lib/cli/empty-database.ts')
  // in a separate process: the memory of `initdb` is free again when Next starts to build
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', script, key],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`the empty database could not be made\n${stderr}`)
}
