import 'server-only'
import { randomUUID } from 'node:crypto'
import { chmodSync, createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { logError } from '@/lib/runtime/log'
import { database } from '@/lib/store/database/database'
import { socketPath } from '@/lib/store/database/lock'
import { dump, type Origin } from './dump'
import { BackupError, checkBackup } from './format'
import type { Session } from './session'

/**
 * The embedded database has one session, and the server holds it: the server takes the backup, for any
 * process that can reach a socket in its data directory, which only its owner can.
 */

/** What the server sends before the backup itself, and when it has none. */
const ready = 'backup\n'

async function takeInto(origin: Origin, file: string): Promise<void> {
  const { pool } = await database()
  let client: PoolClient | null = null
  const session: Session = {
    query: (text, values) => (client ?? pool).query(text, values),
    hold: async () => {
      client = await pool.connect()
    },
    close: async () => client?.release(),
  }
  // into a file first: a slow reader would block everyone else
  await dump(session, origin, file).finally(session.close)
}

async function serve(socket: net.Socket, dataDir: string, origin: Origin): Promise<void> {
  const file = path.join(/*turbopackIgnore: true*/ dataDir, `backup-${randomUUID()}.tmp`)
  try {
    await takeInto(origin, file)
    socket.write(ready)
    await pipeline(createReadStream(/*turbopackIgnore: true*/ file), socket)
  } catch (error) {
    socket.end(`no backup: ${(error as Error).message}\n`)
  } finally {
    rmSync(file, { force: true })
  }
}

/** Offers backups of the embedded database while this process holds it. */
export function offerBackups(dataDir: string, origin: Origin): Promise<void> {
  // a named pipe is not private to its owner
  if (process.platform === 'win32') return Promise.resolve()
  const at = socketPath(dataDir, 'backup')
  // this process holds the lock: an existing socket is left over
  rmSync(/*turbopackIgnore: true*/ at, { force: true })
  for (const name of readdirSync(/*turbopackIgnore: true*/ dataDir)) {
    if (!/^backup-[0-9a-f-]{36}\.tmp$/.test(name)) continue
    rmSync(path.join(/*turbopackIgnore: true*/ dataDir, name), { force: true })
  }
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    void serve(socket, dataDir, origin)
  })
  return new Promise((resolve) => {
    server.once('error', (error) => {
      logError(`no backups while this server runs: ${error.message}`)
      resolve()
    })
    server.listen(at, () => {
      chmodSync(/*turbopackIgnore: true*/ at, 0o600)
      server.unref()
      resolve()
    })
  })
}

const reach = (at: string): Promise<net.Socket | null> =>
  new Promise((resolve) => {
    const socket = net.connect(at)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })

async function* withoutGreeting(socket: net.Socket): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of socket) {
    if (head === null) {
      yield chunk as Buffer
      continue
    }
    head = Buffer.concat([head, chunk as Buffer])
    if (head.length < ready.length) continue
    if (!head.subarray(0, ready.length).equals(Buffer.from(ready))) {
      throw new BackupError(`the running server answered ${head.toString().trim()}`)
    }
    yield head.subarray(ready.length)
    head = null
  }
  if (head !== null) throw new BackupError('the running server sent no backup')
}

/**
 * Asks the server that holds a data directory for a backup.
 *
 * @returns how many rows of each table it contains; `null` when no server runs
 */
export async function askForBackup(
  dataDir: string,
  file: string,
): Promise<Readonly<Record<string, number>> | null> {
  const socket = await reach(socketPath(dataDir, 'backup'))
  if (!socket) return null
  const output = createWriteStream(/*turbopackIgnore: true*/ file, { flags: 'wx', mode: 0o600 })
  await pipeline(withoutGreeting(socket), output)
  return (await checkBackup(file)).trailer.counts
}
