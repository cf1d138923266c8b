import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { missingToolsAdvice } from './build-advice.mjs'
import { keepEmptyDatabaseModule } from './prepare.mjs'

/** The project's top level. */
export const projectRoot = join(import.meta.dirname, '../..')
export const folder = join(projectRoot, 'prisma/migrations')

/** The folder names of all migrations, oldest first. */
export const migrationNames = () =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()

/** Writes the migrations into a module, so that a build includes them and needs no folder. */
export function bundleMigrations() {
  const migrations = migrationNames().map((name) => {
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
    // as Prisma computes it, so that `prisma migrate status` agrees
    return { name, checksum: createHash('sha256').update(sql).digest('hex'), sql }
  })
  const text = `// Written by lib/cli/prisma-generate.mjs from prisma/migrations.
/** The migrations of this release, oldest first. */
export const migrations: readonly {
  readonly name: string
  readonly checksum: string
  readonly sql: string
}[] = ${JSON.stringify(migrations, null, 2)}
`
  writeFileSync(join(projectRoot, 'lib/store/generated/migrations.ts'), text)
}

/**
 * Writes the Prisma client and the module of migrations, without network. The command needs a schema
 * engine file, which `generate` never runs, and downloads a missing one: any existing file will do.
 *
 * @returns {boolean} whether it was written; otherwise the reason is on stderr
 */
export function generateClient() {
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const restore = keepEmptyDatabaseModule()
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, 'generate', '--no-hints', '--config', 'prisma/prisma.config.ts'],
    {
      cwd: projectRoot,
      encoding: 'utf8',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  )
  if (status !== 0) console.error(stderr)
  else bundleMigrations()
  restore()
  return status === 0
}

if (process.argv[1] === import.meta.filename) {
  // does not fail an installation that only serves an existing build
  const advice = missingToolsAdvice()
  if (advice) console.warn(advice)
  process.exit(advice || generateClient() ? 0 : 1)
}
