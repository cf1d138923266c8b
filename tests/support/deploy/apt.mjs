import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether this process may do everything. */
export const isRoot = () => process.getuid?.() === 0

/**
 * Installs a Debian package where that is possible: as root, with apt. Otherwise does nothing.
 *
 * @param {string} name
 */
export function installPackage(name) {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return
  console.log(`installing ${name}`)
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('/usr/bin/apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // in the runlevel of maintenance no service is started: tests run processes of their own
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    })
  apt('update')
  apt('install', '-y', '--no-install-recommends', name)
}
