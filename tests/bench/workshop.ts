import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@/lib/cli/build.mjs'
import { installPackage } from '../support/deploy/apt.mjs'

/** Where the contestants are installed and built: beside the project, and no part of it. */
export const workshop = {
  directory: path.join(root, '.bench'),
  log: path.join(root, '.bench/contestants.log'),
}

const source = path.join(root, 'tests/bench/contestants')
const stamp = path.join(workshop.directory, 'installed')

function hashOfSource(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) hash.update(readFileSync(path.join(file.parentPath, file.name)))
  }
  return hash.digest('hex')
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`)
}

/** The load generator and the pinning come from the system. */
function needProgram(name: string, debianPackage: string): void {
  const isThere = () => spawnSync(name, ['--version']).error === undefined
  if (!isThere()) installPackage(debianPackage)
  if (!isThere()) throw new Error(`there is no ${name}: install the package ${debianPackage}`)
}

/** Gets the load generator and, when their sources have changed, installs and builds the contestants. */
export function openWorkshop(): void {
  needProgram('taskset', 'util-linux')
  needProgram('wrk', 'wrk')
  mkdirSync(workshop.directory, { recursive: true })
  writeFileSync(workshop.log, '')
  const hash = hashOfSource()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  console.log('installing and building what Portico is measured against')
  cpSync(source, workshop.directory, { recursive: true })
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], workshop.directory)
  const next = path.join(workshop.directory, 'node_modules/next/dist/bin/next')
  run(process.execPath, [next, 'build'], path.join(workshop.directory, 'next'))
  writeFileSync(stamp, hash)
}
