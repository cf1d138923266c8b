import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import { pgliteAdapter } from './pglite-engine-adapter.mjs'
import { bundleMigrations, folder, migrationNames, projectRoot } from './prisma-generate.mjs'

const usage = `usage: npm run migration -- <name>            write what schema.prisma has and the migrations lack
       npm run migration -- --check          say whether there is such a difference
       npm run migration -- --rewrite <name> write that migration anew, before it is released`

const lockFile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }

/** Prisma's schema engine as WebAssembly, over databases in memory: needs neither network nor server. */
async function loadEngine() {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const panics = { set_message: (/** @type {string} */ text) => console.error('engine:', text) }
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics })
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': /** @type {WebAssembly.ModuleImports} */ ({ ...engineModule }),
  })
  engineModule.__wbg_set_wasm(instance.exports)
  const start = /** @type {() => void} */ (instance.exports.__wbindgen_start)
  start()
  const factory = bindMigrationAwareSqlAdapterFactory(pgliteAdapter())
  return engineModule.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
}

/**
 * The SQL from the end of these migrations to schema.prisma; `null` if they agree.
 *
 * @param {string[]} names
 * @returns {Promise<string | null>}
 */
async function missingSql(names) {
  const engine = await loadEngine()
  const schema = readFileSync(join(projectRoot, 'prisma/schema.prisma'), 'utf8')
  const migrationDirectories = names.map((path) => {
    const value = readFileSync(join(folder, path, 'migration.sql'), 'utf8')
    const content = { tag: /** @type {const} */ ('ok'), value }
    return { path, migrationFile: { path: 'migration.sql', content } }
  })
  const { exitCode, stdout } = await engine.diff({
    from: {
      tag: 'migrations',
      baseDir: folder,
      lockfile: lockFile,
      shadowDbInitScript: '',
      migrationDirectories,
    },
    to: { tag: 'schemaDatamodel', files: [{ path: 'prisma/schema.prisma', content: schema }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return exitCode === 0 ? null : stdout
}

/**
 * @param {string} directory the migration's folder name
 * @param {string | null} sql
 */
function write(directory, sql) {
  if (sql === null) return 'schema.prisma and the migrations agree: nothing to write'
  mkdirSync(join(folder, directory), { recursive: true })
  writeFileSync(join(folder, directory, 'migration.sql'), sql)
  writeFileSync(join(folder, lockFile.path), lockFile.content)
  bundleMigrations()
  return `wrote prisma/migrations/${directory}/migration.sql`
}

/** @param {string[]} args */
async function main([first, second]) {
  const names = migrationNames()
  if (first === '--check') {
    const sql = await missingSql(names)
    if (sql !== null) throw new Error(`schema.prisma has changes without a migration:\n${sql}`)
    return 'schema.prisma and the migrations agree'
  }
  if (first === '--rewrite') {
    const at = names.findIndex((name) => name.replace(/^\d+_/, '') === second)
    if (at < 0) throw new Error(`no migration is called "${second}"`)
    return write(String(names[at]), await missingSql(names.slice(0, at)))
  }
  if (!first || !/^[a-z0-9_]+$/.test(first)) throw new Error(usage)
  const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  return write(`${now}_${first}`, await missingSql(names))
}

main(process.argv.slice(2)).then(
  (message) => {
    console.log(message)
    // The databases in memory would keep the process alive.
    process.exit(0)
  },
  (error) => {
    console.error(error.message)
    process.exit(1)
  },
)
