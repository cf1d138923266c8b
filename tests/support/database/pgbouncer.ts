import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { installPackage, isRoot } from '../deploy/apt.mjs'
import { freePort } from '../server/free-port.mjs'

/** A connection pooler in front of PostgreSQL. */
export type Pooler = {
  /** the URL of a database of that server, through the pooler */
  through(databaseUrl: string): string
  stop(): Promise<void>
}

const isInstalled = () => spawnSync('pgbouncer', ['--version']).error === undefined

/** pgbouncer refuses to run as root. */
function identity(): { uid: number; gid: number } | undefined {
  if (!isRoot()) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * The strictest mode: a connection lasts one transaction, and no session state outlives it.
 * Unknown startup parameters are refused, as by Neon and Supabase.
 */
const configuration = (server: URL, port: number) => `[databases]
* = host=${server.hostname} port=${server.port || 5432} user=${server.username} ${
  server.password ? `password=${decodeURIComponent(server.password)}` : ''
}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 10
max_client_conn = 200
`

async function untilOpen(port: number): Promise<void> {
  for (let time = 0; time < 100; time += 1) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isOpen) return
    await sleep(50)
  }
  throw new Error('pgbouncer does not accept connections')
}

/** Starts pgbouncer in transaction mode; as root, installs it. @throws if there is none */
export async function startPooler(serverUrl: string): Promise<Pooler> {
  if (!isInstalled()) installPackage('pgbouncer')
  if (!isInstalled()) throw new Error('pgbouncer is missing: install the package pgbouncer')
  const owner = identity()
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-pgbouncer-'))
  const file = path.join(directory, 'pgbouncer.ini')
  const port = await freePort()
  writeFileSync(file, configuration(new URL(serverUrl), port))
  if (owner) {
    for (const at of [directory, file]) chownSync(at, owner.uid, owner.gid)
  }
  const child = spawn('pgbouncer', ['-q', file], { cwd: directory, stdio: 'ignore', ...owner })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  await untilOpen(port)
  return {
    through: (databaseUrl) => {
      const url = new URL(databaseUrl)
      url.host = `127.0.0.1:${port}`
      return url.href
    },
    stop: async () => {
      process.removeListener('exit', end)
      const ended = once(child, 'exit')
      end()
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
