import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { assembleServer } from './assemble.mjs'
import { buildIfNeeded, reasonToBuild, root } from './build.mjs'

/**
 * `npm run package`: builds and assembles `dist/portico`, which runs with Node alone, and its package
 * `dist/portico-<version>.tgz`. With `--folder` only the folder, for the image.
 */

const dist = join(root, 'dist')

/** A build for Vercel, or of an earlier release, has no standalone output. */
const reason =
  reasonToBuild() ??
  (existsSync(join(root, '.next/standalone')) ? null : 'the build cannot stand alone')

/** @param {string} folder */
function pack(folder) {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--pack-destination', dist], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`)
  return join('dist', stdout.trim().split('\n').at(-1) ?? '')
}

try {
  await buildIfNeeded(undefined, reason)
  const folder = join(dist, 'portico')
  mkdirSync(dist, { recursive: true })
  await assembleServer(root, folder)
  console.log(process.argv.includes('--folder') ? 'dist/portico' : pack(folder))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
