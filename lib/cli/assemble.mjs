import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { bundle, native } from './bundle.mjs'

/**
 * Replaces Next's links to unbundled packages by the packages' names: an npm package cannot contain
 * links.
 *
 * @param {string} next the `.next` of the assembled folder
 */
function replaceLinks(next) {
  const modules = join(next, 'node_modules')
  const all = readdirSync(modules, { recursive: true, encoding: 'utf8' })
  const links = all.filter((name) => lstatSync(join(modules, name)).isSymbolicLink())
  const own = resolve(next, '../node_modules') + sep
  const names = links.map((link) => {
    const target = resolve(modules, dirname(link), readlinkSync(join(modules, link)))
    return /** @type {const} */ ([link, target.slice(own.length)])
  })
  const scripts = readdirSync(join(next, 'server'), { recursive: true, encoding: 'utf8' })
  for (const script of scripts.filter((name) => name.endsWith('.js'))) {
    const file = join(next, 'server', script)
    const text = readFileSync(file, 'utf8')
    const changed = names.reduce((all, [link, name]) => all.replaceAll(link, name), text)
    if (changed !== text) writeFileSync(file, changed)
  }
  rmSync(modules, { recursive: true })
}

/** Removes the paths of the build machine from the configuration. @param {string} file */
function removePaths(file) {
  const { config, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
  const { outputFileTracingRoot: _tracing, repoRoot: _repository, turbopack: _, ...kept } = config
  writeFileSync(file, JSON.stringify({ ...rest, appDir: '.', config: kept }))
}

/**
 * Makes the files writable only by their owner: the compiler leaves them world-writable.
 *
 * @param {string} folder
 */
function protect(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    chmodSync(file, statSync(file).mode & 0o755)
  }
}

/**
 * Copies the licences of the packages that are included.
 *
 * @param {string} modules their source
 * @param {string} packed where the packages are
 */
function copyLicences(modules, packed) {
  const all = readdirSync(packed, { recursive: true, encoding: 'utf8' })
  for (const folder of all.filter((name) => name.endsWith('package.json')).map(dirname)) {
    const from = join(modules, folder)
    if (!existsSync(from)) continue
    for (const name of readdirSync(from).filter((name) => /^licen[cs]e/i.test(name))) {
      cpSync(join(from, name), join(packed, folder, name))
    }
  }
}

/** @param {string} root @param {string} server */
function copyBuild(root, server) {
  const standalone = join(root, '.next/standalone')
  for (const name of ['.next', 'node_modules']) {
    const options = { recursive: true, verbatimSymlinks: true }
    cpSync(join(standalone, name), join(server, name), options)
  }
  cpSync(join(root, '.next/static'), join(server, '.next/static'), { recursive: true })
  copyLicences(join(root, 'node_modules'), join(server, 'node_modules'))
  replaceLinks(join(server, '.next'))
  removePaths(join(server, '.next/required-server-files.json'))
  protect(server)
}

/**
 * The manifest of the package: all dependencies are bundled except native ones.
 *
 * @param {string} root
 */
function manifestOf(root) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { name, version, description, license, engines, dependencies } = own
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    engines,
    bin: { portico: 'server/portico.mjs' },
    files: ['server', '.env.example'],
    dependencies: { [native]: dependencies[native] },
  }
}

/**
 * Assembles a build into a folder that runs with Node alone. The same folder is the npm package: npm
 * leaves out `node_modules`, which contains this platform's native modules.
 *
 * @param {string} root the top level of the built project
 * @param {string} folder is replaced
 */
export async function assembleServer(root, folder) {
  const server = join(folder, 'server')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(server, { recursive: true })
  copyBuild(root, server)
  await bundle(root, server)
  chmodSync(join(server, 'portico.mjs'), 0o755)
  const scope = dirname(native)
  mkdirSync(join(folder, 'node_modules'))
  renameSync(join(server, 'node_modules', scope), join(folder, 'node_modules', scope))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestOf(root), null, 2)}\n`)
  for (const name of ['README.md', 'LICENSE', '.env.example']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name))
  }
}
