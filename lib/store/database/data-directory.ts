import 'server-only'
import { chmodSync, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { logWarning } from '@/lib/runtime/log'

/**
 * What this server keeps in its data directory: the master secret, the database, and while it runs the
 * sockets and the files of a backup. Other files there are not ours.
 */
const ownNames = /^(secret|postgres|postgres\.unfinished|(lock|backup)\.sock|backup-[\w-]+\.tmp)$/

/** The permission bits of group and others. */
const others = 0o077

/** What was open to others and is closed now, and what could not be closed. */
type Found = { readonly closed: string[]; readonly foreign: string[]; readonly links: string[] }

/** A directory that others use: closing it would break more than this server. */
function isShared(directory: string, { mode }: Stats): boolean {
  const known = ['/', os.homedir(), os.tmpdir()]
  return (mode & 0o1000) !== 0 || known.includes(directory)
}

/** Closes one file or directory. @returns whether to look into it */
function closeOne(at: string, found: Found): boolean {
  const stats = lstatSync(/*turbopackIgnore: true*/ at)
  if (stats.isSymbolicLink()) {
    found.links.push(at)
    return false
  }
  if (stats.uid !== process.getuid?.()) {
    found.foreign.push(at)
    return false
  }
  if ((stats.mode & others) !== 0) {
    // top down: nobody can swap what is in a closed directory
    chmodSync(/*turbopackIgnore: true*/ at, stats.mode & 0o700)
    found.closed.push(at)
  }
  return stats.isDirectory()
}

const nothing = (): Found => ({ closed: [], foreign: [], links: [] })

/** Closes a file, or a directory and everything in it. Follows no symbolic links. */
export function closeTree(at: string, found = nothing()): void {
  if (!closeOne(at, found)) return
  for (const name of readdirSync(/*turbopackIgnore: true*/ at)) {
    closeTree(path.join(/*turbopackIgnore: true*/ at, name), found)
  }
}

function closeAll(directory: string): Found {
  const found = nothing()
  const stats = lstatSync(/*turbopackIgnore: true*/ directory)
  if (!isShared(directory, stats)) closeOne(directory, found)
  for (const name of readdirSync(/*turbopackIgnore: true*/ directory)) {
    if (ownNames.test(name)) {
      closeTree(path.join(/*turbopackIgnore: true*/ directory, name), found)
    }
  }
  return found
}

const some = ([first = '', ...more]: readonly string[]): string =>
  more.length === 0 ? first : `${first} and ${more.length} more`

function logFindings({ closed, foreign, links }: Found): void {
  const findings = [
    closed.length > 0 &&
      `other users of this machine could reach ${some(closed)}; it is closed to them now. Anyone who read it may know the master secret and the password hashes`,
    foreign.length > 0 &&
      `${some(foreign)} belongs to another user, who may read and change it: chown it to the user of this server`,
    links.length > 0 &&
      `${some(links)} is a symbolic link; whether others can reach its target was not checked`,
  ]
  for (const finding of findings) if (finding) logWarning(`data directory: ${finding}`)
}

/**
 * Closes the data directory, and what this server keeps in it, to all users but its own: it may have
 * existed before, or been written by a release that left its files open. Follows no symbolic link but that
 * of the directory itself. Logs what it closed; a failure does not stop the start.
 */
export function closeDataDirectory(dataDir: string): void {
  if (process.platform === 'win32') return
  try {
    logFindings(closeAll(realpathSync(/*turbopackIgnore: true*/ dataDir)))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // there is none yet: it is made closed
    if (code !== 'ENOENT') logWarning(`data directory: not closed to other users: ${message}`)
  }
}
