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
 * Next knows the packages that it leaves out of its bundles by links to them, which no npm package
 * can hold: each is called by its own name instead.
 *
 * @param {string} next the `.next` of what ships
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

/**
 * The configuration without the paths of the machine that built it.
 *
 * @param {string} file
 */
function removePaths(file) {
  const { config, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
  const { outputFileTracingRoot: _tracing, repoRoot: _repository, turbopack: _, ...kept } = config
  writeFileSync(file, JSON.stringify({ ...rest, appDir: '.', config: kept }))
}

/**
 * The compiler leaves files that anybody may write. What ships is nobody's to change but its owner's.
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
 * The licences of the packages that are packed along.
 *
 * @param {string} modules where they come from
 * @param {string} packed where they are
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
 * The manifest of the package: what it depends on is built in, but for what is native.
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
 * Makes what ships of a build: a folder that runs with Node alone, and that is the package, too,
 * since npm leaves out `node_modules`, where this platform's native modules are.
 *
 * @param {string} root the top level of the project, which is built
 * @param {string} folder is made anew
 */
export async function assemble(root, folder) {
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
