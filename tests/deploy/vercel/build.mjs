import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generateClient } from '../../../lib/cli/prisma-generate.mjs'
import { functionFolders } from './output.mjs'

/**
 * Builds Portico with Vercel's own command line, without network, as `vercel build` in a clone does.
 * The developer's folder is left alone: a copy of the sources is built.
 */

const root = path.join(import.meta.dirname, '../../..')
const here = path.join(root, '.deploy/vercel')
const cli = path.join(here, 'cli')
const stamp = path.join(here, 'built')

/** What was built: Build Output API v3, each function's folder complete. */
export const outputFolder = path.join(here, 'output')

/** Read by no build, so a change of it needs none. */
const unread = /^(docs|tests)\/(?!deploy\/vercel\/(build\.mjs|package))|^[^/]+\.md$/

const quiet = { VERCEL_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', CI: '1' }

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  // what runs the tests is no part of what a build sees
  const { NODE_ENV: _, VITEST: __, DATABASE_URL: ___, ...rest } = process.env
  const env = /** @type {NodeJS.ProcessEnv} */ (/** @type {unknown} */ ({ ...rest, ...quiet }))
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', env, maxBuffer: 2 ** 28 })
  if (done.status === 0) return done.stdout
  throw new Error(`${command} ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`)
}

/** What a clone has, and what somebody is about to add to it. */
const sources = () =>
  run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root)
    .split('\0')
    .filter((file) => file && existsSync(path.join(root, file)))

/** @param {readonly string[]} files */
function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files.filter((file) => !unread.test(file))) {
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}

/** The command line is a package of its own: half as many megabytes again as the project's. */
function installCli() {
  const own = ['package.json', 'package-lock.json', '.npmrc']
  const read = (/** @type {string} */ folder) =>
    own.map((file) => {
      const from = path.join(folder, file)
      return existsSync(from) ? readFileSync(from, 'utf8') : ''
    })
  const isThere = existsSync(path.join(cli, 'node_modules/vercel/dist/index.js'))
  if (isThere && read(cli).join() === read(import.meta.dirname).join()) return
  console.log('installing the command line of Vercel')
  rmSync(cli, { recursive: true, force: true })
  mkdirSync(cli, { recursive: true })
  for (const file of own) copyFileSync(path.join(import.meta.dirname, file), path.join(cli, file))
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], cli)
}

/** Links a file where the disk allows it. @param {string} from @param {string} to */
function place(from, to) {
  mkdirSync(path.dirname(to), { recursive: true })
  if (existsSync(to)) return
  if (lstatSync(from).isSymbolicLink()) return symlinkSync(readlinkSync(from), to)
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

/** A clone of the project, installed. @param {readonly string[]} files */
function makeProject(files) {
  const project = mkdtempSync(path.join(os.tmpdir(), 'portico-vercel-'))
  for (const file of files) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true })
    copyFileSync(path.join(root, file), path.join(project, file))
  }
  const modules = path.join(root, 'node_modules')
  const linked = spawnSync('cp', ['-al', modules, project])
  if (linked.status !== 0) run('cp', ['-a', modules, project], root)
  generateClient()
  cpSync(path.join(root, 'lib/store/generated'), path.join(project, 'lib/store/generated'), {
    recursive: true,
  })
  return project
}

/** What `vercel link` would write; the packages are there. */
const link = {
  projectId: 'prj_portico',
  orgId: 'team_portico',
  settings: { framework: 'nextjs', installCommand: '' },
}

/** Puts into each function's folder what its configuration says belongs there. @param {string} project */
function assemble(project) {
  rmSync(outputFolder, { recursive: true, force: true })
  cpSync(path.join(project, '.vercel/output'), outputFolder, {
    recursive: true,
    verbatimSymlinks: true,
  })
  for (const folder of functionFolders(outputFolder)) {
    const configuration = path.join(folder, '.vc-config.json')
    const { filePathMap = {}, ...rest } = JSON.parse(readFileSync(configuration, 'utf8'))
    for (const [to, from] of Object.entries(filePathMap)) {
      place(path.join(project, from), path.join(folder, to))
    }
    writeFileSync(configuration, JSON.stringify(rest))
  }
}

/** Builds for Vercel when the sources have changed. @returns the folder of the output */
export function buildForVercel() {
  const files = sources()
  const hash = hashOf(files)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return outputFolder
  installCli()
  console.log('building for Vercel')
  rmSync(stamp, { force: true })
  const project = makeProject(files)
  try {
    mkdirSync(path.join(project, '.vercel'))
    writeFileSync(path.join(project, '.vercel/project.json'), JSON.stringify(link))
    const vercel = path.join(cli, 'node_modules/vercel/dist/index.js')
    const flags = ['--token', 'x', '--yes']
    writeFileSync(
      path.join(here, 'build.log'),
      run(process.execPath, [vercel, 'build', ...flags], project),
    )
    assemble(project)
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
  writeFileSync(stamp, hash)
  return outputFolder
}

if (process.argv[1] === import.meta.filename) console.log(`built: ${buildForVercel()}`)
