import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether this process runs as root. */
export const isRoot = () => process.getuid?.() === 0

/**
 * Installs a Debian package if possible: as root, with apt. Otherwise does nothing.
 *
 * @param {string} name
 */
export function installPackage(name) {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return
  console.log(`installing ${name}`)
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('/usr/bin/apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // in the maintenance runlevel no service starts: tests run their own processes
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    })
  apt('update')
  apt('install', '-y', '--no-install-recommends', name)
}
