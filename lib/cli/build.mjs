import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { killExplanation, memoryWarning, missingToolsAdvice } from './build-advice.mjs'
import { say } from './log.mjs'
import { narrowSources } from './narrow.mjs'
import { prepareEmptyDatabase } from './prepare.mjs'
import { generateClient } from './prisma-generate.mjs'

/** The project's top level. */
export const root = join(import.meta.dirname, '../..')

/** The inputs of a build; absent ones are skipped. */
const inputs = [
  'app',
  'components',
  'lib',
  'prisma',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const generated = 'lib/store/generated'
const stampFile = '.next/portico-inputs'

/**
 * @param {string} path relative to the top level
 * @returns {string[]} the files at or below it
 */
function filesAt(path) {
  const absolute = join(root, path)
  if (path === generated || !existsSync(absolute)) return []
  if (statSync(absolute).isFile()) return [path]
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesAt(`${path}/${name}`))
}

function hashOfInputs() {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(filesAt)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** @returns {string | null} why a build is needed */
export function reasonToBuild() {
  const stamp = join(root, stampFile)
  // `next build` empties the directory first, so a stamp without BUILD_ID is a build that failed.
  if (!existsSync(stamp) || !existsSync(join(root, '.next/BUILD_ID')))
    return 'there is no build yet'
  return readFileSync(stamp, 'utf8') === hashOfInputs() ? null : 'the sources have changed'
}

/**
 * Runs `next build`. Its output is shown at once, or only when it fails.
 *
 * @param {{ isQuiet: boolean, signal?: AbortSignal }} options
 * @throws when the build fails or `signal` aborts it
 */
async function build({ isQuiet, signal }) {
  const advice = missingToolsAdvice()
  if (advice) throw new Error(advice)
  const hash = hashOfInputs()
  const warning = memoryWarning()
  if (warning) say('warn', warning)
  if (!generateClient()) throw new Error('the Prisma client could not be written')
  prepareEmptyDatabase()
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'],
    ...(signal && { signal }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const [code, killedBy] = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (...how) => resolve(how))
  })
  if (code !== 0) throw new Error(`${output}${killExplanation(killedBy)}next build failed`)
  narrowSources(join(root, '.next/server'))
  writeFileSync(join(root, stampFile), hash)
}

/**
 * Builds unless a build of the current sources exists.
 *
 * @param {AbortSignal} [signal]
 * @param {string | null} [reason] if it is already known
 */
export async function buildIfNeeded(signal, reason = reasonToBuild()) {
  if (!reason) return
  say('info', `building, because ${reason}; this takes a while`)
  await build({ isQuiet: true, ...(signal && { signal }) })
}

if (process.argv[1] === import.meta.filename) {
  await build({ isQuiet: false }).catch((error) => {
    say('error', error.message)
    process.exit(1)
  })
}
