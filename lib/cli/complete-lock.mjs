import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * npm writes only the platform packages it can see into the lock. If a registry serves only one
 * platform's, `npm ci` refuses the lock and other systems lack their binaries. This adds the packages
 * that the parents' exact `optionalDependencies` name and the lock lacks, with the hash of each archive:
 * without a hash, npm installs anything it gets under that name.
 *
 * @typedef {{ version?: string, integrity?: string, link?: boolean, inBundle?: boolean, dev?: boolean,
 *   optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 */

const systems = 'darwin win32 linux android freebsd openbsd netbsd sunos openharmony aix'.split(' ')
const processors = 'arm64 x64 ia32 arm wasm32 riscv64 ppc64 s390x loong64 mips64el'.split(' ')

/**
 * The platform in a package's name, such as `@next/swc-linux-x64-musl`.
 *
 * @param {string} name
 * @returns {Pick<Entry, 'os' | 'cpu' | 'libc'>}
 */
export function platformOf(name) {
  const parts = (name.split('/').pop() ?? name).split('-')
  const os = systems.find((system) => parts.includes(system))
  const cpu = processors.find((processor) => parts.includes(processor))
  const libc = parts.includes('musl') ? 'musl' : parts.includes('gnu') ? 'glibc' : undefined
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) }
}

/**
 * The lock's key of the package that `name` resolves to from the package at `from`, as in Node.
 *
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 */
function resolve(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const key = `${at ? `${at}/` : ''}node_modules/${name}`
    if (packages[key] || !at) return key
  }
}

/**
 * Adds the missing entries in place.
 *
 * @param {Record<string, Entry>} packages the lock's `packages`
 * @returns {string[]} the keys it added
 */
export function complete(packages) {
  const added = []
  for (const [at, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const found = resolve(packages, at, name)
      const isExact = /^\d/.test(version)
      if (!isExact || packages[found]?.version === version) continue
      const key = packages[found] ? `${at}/node_modules/${name}` : found
      const dev = parent.dev ? { dev: true } : {}
      packages[key] = { version, ...platformOf(name), ...dev, optional: true }
      added.push(key)
    }
  }
  return added
}

/**
 * The packages from a registry without a hash: not the project itself, links into it, or packages
 * bundled in another one.
 *
 * @param {Record<string, Entry>} packages the lock's `packages`
 * @returns {string[]} their keys
 */
export const unverifiable = (packages) =>
  Object.entries(packages)
    .filter(([key, { integrity, link, inBundle }]) => key && !integrity && !link && !inBundle)
    .map(([key]) => key)

/**
 * The hash of an archive from the registry; `null` if it has no such package.
 *
 * @param {string} name
 * @param {string} version
 * @returns {string | null}
 */
function integrityOf(name, version) {
  const { stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return /^sha512-\S+$/.exec(stdout?.trim() ?? '')?.[0] ?? null
}

/**
 * Adds missing hashes in place.
 *
 * @param {Record<string, Entry>} packages the lock's `packages`
 * @param {typeof integrityOf} [ask]
 * @returns {{ added: number, unknown: string[] }} `unknown`: the keys that still have none
 */
export function completeIntegrity(packages, ask = integrityOf) {
  let added = 0
  for (const key of unverifiable(packages)) {
    const entry = packages[key]
    const integrity = entry?.version && ask(key.split('node_modules/').pop() ?? key, entry.version)
    if (!integrity) continue
    const { version, ...rest } = entry
    packages[key] = { version, integrity, ...rest }
    added += 1
  }
  return { added, unknown: unverifiable(packages) }
}

if (process.argv[1] === import.meta.filename) {
  const file = join(process.argv[2] ?? '.', 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const added = complete(lock.packages)
  const { added: hashes, unknown } = completeIntegrity(lock.packages)
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(sorted)
  if (added.length + hashes > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${file}: ${added.length} platform packages added, ${hashes} hashes`)
  if (unknown.length > 0) {
    console.error(`the registry knows no hash of:\n${unknown.join('\n')}`)
    process.exitCode = 1
  }
}
