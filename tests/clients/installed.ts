import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const packages = path.join(import.meta.dirname, 'packages')
const installed = path.join(import.meta.dirname, '../../.deploy/clients')
/** What says which packages are wanted; npm's settings are the project's own. */
const own = ['package.json', 'package-lock.json'] as const

const read = (folder: string) => own.map((file) => readFileSync(path.join(folder, file), 'utf8'))

/**
 * Installs a client's packages as its lock has them, where that has not been done: hundreds of
 * megabytes in all, so each client's only when it is driven.
 *
 * @param id a folder of tests/clients/packages
 * @returns its `node_modules`
 */
export async function modulesOf(id: string): Promise<string> {
  const [from, to] = [path.join(packages, id), path.join(installed, id)]
  const modules = path.join(to, 'node_modules')
  const stamp = path.join(to, 'installed')
  const wanted = read(from).join('\n')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return modules
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  for (const file of own) copyFileSync(path.join(from, file), path.join(to, file))
  copyFileSync(path.join(packages, '.npmrc'), path.join(to, '.npmrc'))
  // what packages would run at their installation is not needed: programs come ready with them
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  await promisify(execFile)('npm', args, { cwd: to, maxBuffer: 2 ** 26 })
  writeFileSync(stamp, wanted)
  return modules
}

/** The package that holds a program for this machine, of one that ships a package for each kind. */
export const platformPackage = (name: string): string =>
  `${name}-${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
