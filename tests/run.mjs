import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfNeeded, root } from '../lib/cli/build.mjs'
import { generateClient } from '../lib/cli/prisma-generate.mjs'
import { findBrowser } from './support/browser/browser.mjs'
import { startPostgres } from './support/database/postgres.mjs'
import { countVitest } from './support/sources/vitest-report.mjs'

/**
 * `npm test`, and with `--quick` `npm run check`: static checks, then the tests, on the embedded
 * database and on PostgreSQL. Ends with one line that sums up everything.
 */

const reports = join(root, 'test-results')
const total = { passed: 0, failed: 0, skipped: 0 }

/** @param {string} path below node_modules */
const program = (path) => join(root, 'node_modules', path)

/** @param {Partial<typeof total>} count */
function add(count) {
  total.passed += count.passed ?? 0
  total.failed += count.failed ?? 0
  total.skipped += count.skipped ?? 0
}

/**
 * @param {string} script a file to run with Node
 * @param {string[]} args
 * @param {{ isQuiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number | null, output: string }>} `output` only when quiet
 */
async function node(script, args, { isQuiet = false, env = {} } = {}) {
  const out = isQuiet ? 'pipe' : 'inherit'
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', out, out],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, output }
}

/**
 * A check that passes or fails as a whole. Its output is shown only when it fails.
 *
 * @param {string} name
 * @param {() => Promise<{ code: number | null, output: string }>} check
 */
async function step(name, check) {
  const since = Date.now()
  const { code, output } = await check()
  const passed = code === 0
  if (!passed) console.log(output.trimEnd())
  const seconds = ((Date.now() - since) / 1000).toFixed(1)
  console.log(`${name.padEnd(12)}${passed ? 'passed' : 'FAILED'}  ${seconds} s`)
  add(passed ? { passed: 1 } : { failed: 1 })
  return passed
}

/** A dependency of some tests that cannot be had: a failure where everything must run. @param {string} reason */
function lacking(reason) {
  console.log(reason)
  add(process.env.CI === 'true' ? { failed: 1 } : { skipped: 1 })
}

async function types() {
  if (!hasClient) return { code: 1, output: 'the Prisma client could not be written' }
  const routes = await node(program('next/dist/bin/next'), ['typegen'], { isQuiet: true })
  if (routes.code !== 0) return routes
  return node(program('typescript/bin/tsc'), ['--noEmit'], { isQuiet: true })
}

const build = () =>
  buildIfNeeded().then(
    () => ({ code: 0, output: '' }),
    (error) => ({ code: 1, output: error.message }),
  )

/**
 * @param {string} name of the report
 * @param {readonly ('rules' | 'server' | 'inside' | 'deploy' | 'clients')[]} projects
 * @param {{ databaseUrl?: string, files?: string[], exclude?: string[], env?: Record<string, string> }} [options]
 */
async function vitest(
  name,
  projects,
  { databaseUrl = '', files = [], exclude = [], env = {} } = {},
) {
  console.log(`\n${name}`)
  const report = join(reports, `${name}.json`)
  const of = projects.flatMap((project) => ['--project', project])
  const args = ['run', ...files, ...of, '--reporter=default', '--reporter=json']
  const { code } = await node(
    program('vitest/vitest.mjs'),
    [...args, `--outputFile.json=${report}`, ...exclude.flatMap((file) => ['--exclude', file])],
    { env: { TEST_DATABASE_URL: databaseUrl, ...env } },
  )
  add(countVitest(report, code))
}

/** Test files that drive a browser, told by what they import. */
function browserTests() {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `tests/${file}`)
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('support/browser'))
}

/** Of the browser tests, those that begin on an empty directory are the embedded database's too. */
const embedded = ['tests/e2e/connect.test.ts', 'tests/e2e/newcomer.test.ts']

/** @type {readonly ('server' | 'inside')[]} */
const onDatabase = ['server', 'inside']

async function serverTests() {
  const exclude = findBrowser() ? [] : browserTests()
  if (exclude.length > 0) lacking('no Chromium to test with: set CHROMIUM_PATH')
  const given = process.env.TEST_DATABASE_URL
  const postgres = given ? { url: given, stop: async () => {} } : await startPostgres()
  if ('missing' in postgres) {
    await vitest('embedded', onDatabase, { exclude })
    return lacking(postgres.missing)
  }
  // what pages show and do has little to do with the database: one pass drives a browser
  const once = browserTests().filter((file) => !embedded.includes(file))
  await vitest('embedded', onDatabase, { exclude: [...exclude, ...once] })
  // its cluster is in Kolkata (tests/support/database/postgres.mjs): three clocks that nothing may mix up
  const env = { TZ: 'America/New_York' }
  await vitest('postgres', onDatabase, { databaseUrl: postgres.url, exclude, env })
  await vitest('deploy', ['deploy'], { databaseUrl: postgres.url, exclude })
  // the programs of others that need nothing but npm; "npm run clients" drives all of them
  await vitest('clients', ['clients'], { files: ['tests/clients/usual.test.ts'] })
  await postgres.stop()
}

const isQuick = process.argv.includes('--quick')
const biome = program('@biomejs/biome/bin/biome')
const colors = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`

/** One after another: what checks the types and what builds write to one directory. @returns whether it was built */
async function checkAndBuild() {
  await step('lint', () => node(biome, ['ci', '--error-on-warnings', colors], { isQuiet: true }))
  await step('types', types)
  if (isQuick) return false
  const check = ['lib/cli/migration-new.mjs', '--check']
  await step('migrations', () => node(String(check[0]), check.slice(1), { isQuiet: true }))
  return step('build', build)
}

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports)
// an installation without scripts has none, and all that follows needs it
const hasClient = existsSync(join(root, 'lib/store/generated/migrations.ts')) || generateClient()
// neither keeps two processors busy alone
const [isBuilt] = await Promise.all([checkAndBuild(), vitest('rules', ['rules'])])
if (isBuilt) await serverTests()
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 ? 1 : 0)
