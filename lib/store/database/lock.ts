import 'server-only'
import { createHash } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Who holds a data directory. */
type Holder = { readonly pid: number; readonly url: string; readonly since: string }

/** The longest path that a unix socket can be bound to, with room for the platform's own limit. */
const longestSocketPath = 100

/** The socket of the process that holds a directory. @param what its purpose */
export function socketPath(directory: string, what: 'lock' | 'backup' = 'lock'): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  const suffix = what === 'lock' ? '' : `-${what}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\portico-${name}${suffix}`
  const inside = path.join(/*turbopackIgnore: true*/ directory, `${what}.sock`)
  return inside.length <= longestSocketPath
    ? inside
    : path.join(/*turbopackIgnore: true*/ os.tmpdir(), `portico-${name}${suffix}.sock`)
}

const listen = (at: string, holder: Holder): Promise<net.Server> =>
  new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.end(JSON.stringify(holder)))
    server.once('error', reject)
    server.listen(at, () => {
      server.unref()
      resolve(server)
    })
  })

/** Asks the process listening at `at` who it is; `null` when nothing answers. */
const ask = (at: string): Promise<Holder | null> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = net.connect(at)
    socket.setTimeout(2000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.once('error', () => resolve(null))
    socket.once('close', () => {
      try {
        resolve(JSON.parse(answer) as Holder)
      } catch {
        resolve(null)
      }
    })
  })

/**
 * Moves a dead socket away. A rename, because only one of two processes can rename a given file.
 *
 * @throws {Error} when its directory cannot be written
 */
function clearAway(at: string): void {
  const aside = `${at}.${process.pid}`
  try {
    renameSync(/*turbopackIgnore: true*/ at, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    // when another process was faster, the check after listening decides
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/**
 * Locks a directory for this process. The embedded database does not lock its files, and two openers
 * overwrite each other's data. A listening socket is the lock: it dies with its owner, even under `kill
 * -9`, and it can say who it is.
 *
 * @returns `null` when the directory is ours, else who holds it
 */
export async function lockDirectory(directory: string, url: string): Promise<Holder | null> {
  const at = socketPath(directory)
  const self: Holder = { pid: process.pid, url, since: new Date().toISOString() }
  try {
    await listen(at, self)
    return null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
  }
  const holder = await ask(at)
  if (holder) return holder
  clearAway(at)
  try {
    await listen(at, self)
  } catch {
    return (await ask(at)) ?? { ...self, pid: 0 }
  }
  // two processes may have found the same dead socket: the one that still owns the path has the lock
  await sleep(100)
  const owner = await ask(at)
  return owner?.pid === process.pid ? null : owner
}
