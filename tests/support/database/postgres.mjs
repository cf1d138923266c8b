import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { installPackage, isRoot } from '../deploy/apt.mjs'
import { freePort } from '../server/free-port.mjs'

/** Folders of the PostgreSQL programs, newest version first within each location. */
function findPrograms() {
  const versions = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap(
    (place) =>
      existsSync(place)
        ? readdirSync(place)
            .filter((name) => /^(postgresql@)?\d+$/.test(name))
            .sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
            .map((name) => path.join(place, name, 'bin'))
        : [],
  )
  const fromPath = (process.env.PATH ?? '').split(path.delimiter)
  const found = [...fromPath, ...versions].find((place) => existsSync(path.join(place, 'initdb')))
  // A link to `initdb` alone does not lead to the server beside it.
  return found ? path.dirname(realpathSync(path.join(found, 'initdb'))) : null
}

/** PostgreSQL refuses to run as root. @returns {{ uid: number, gid: number } | undefined} */
function identity() {
  if (!isRoot()) return undefined
  const id = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Settings of someone else's server, which Portico must not depend on: half an hour off UTC. */
const foreignSettings = [
  'timezone=Asia/Kolkata',
  'log_timezone=Asia/Kolkata',
  'intervalstyle=sql_standard',
]
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  ...foreignSettings,
]
/**
 * Nothing here outlives the run, so no fsync; and autovacuum, which takes a hundred databases
 * in turn, would be too late for any of them.
 */
const nonDurable = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<void>}
 */
async function untilReady(server) {
  let log = ''
  return new Promise((resolve, reject) => {
    server.stderr?.setEncoding('utf8').on('data', (text) => {
      log += text
      if (log.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject).once('exit', () => reject(new Error(log.trim())))
  })
}

/**
 * @param {string} programs
 * @param {boolean} isDurable
 */
async function startCluster(programs, isDurable) {
  const owner = identity()
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-postgres-'))
  if (owner) chownSync(directory, owner.uid, owner.gid)
  const options = { cwd: directory, ...owner }
  const remove = () => rmSync(directory, { recursive: true, force: true })
  const init = ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']
  const made = spawnSync(path.join(programs, 'initdb'), [...init, '--no-sync'], options)
  if (made.status !== 0) {
    remove()
    throw new Error(made.stderr ? String(made.stderr) : made.error?.message)
  }
  const port = await freePort()
  const chosen = [...settings, ...(isDurable ? [] : nonDurable), `port=${port}`]
  const flags = chosen.flatMap((setting) => ['-c', setting])
  const run = () =>
    spawn(path.join(programs, 'postgres'), ['-D', directory, ...flags], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  let server = run()
  const end = () => server.kill('SIGQUIT')
  process.once('exit', end)
  await untilReady(server)
  /** @param {NodeJS.Signals} signal */
  const halt = async (signal = 'SIGINT') => {
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  const start = async () => {
    server = run()
    await untilReady(server)
  }
  const stop = async () => {
    process.removeListener('exit', end)
    if (server.exitCode === null && server.signalCode === null) await halt('SIGQUIT')
    remove()
  }
  const freeze = () => signalAll(server, 'SIGSTOP')
  const thaw = () => signalAll(server, 'SIGCONT')
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  return { url, stop, halt, start, freeze, thaw }
}

/**
 * Signals a server and its backends, which handle signals by themselves.
 *
 * @param {import('node:child_process').ChildProcess} server
 * @param {NodeJS.Signals} signal
 */
function signalAll(server, signal) {
  const pid = Number(server.pid)
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  for (const one of [pid, ...stdout.split(/\s+/).filter(Boolean).map(Number)]) {
    process.kill(one, signal)
  }
}

/**
 * Starts a private PostgreSQL in a temporary directory; as root, installs it if missing.
 * `halt` kills its processes and `start` restarts them on the same data; `freeze` suspends
 * them without closing connections, until `thaw`.
 *
 * @param {{ isDurable?: boolean }} [options] durable: with fsync, as slow as in production
 * @returns {Promise<Awaited<ReturnType<typeof startCluster>> | { missing: string }>} `missing` says in
 *   one line why there is none
 */
export async function startPostgres({ isDurable = false } = {}) {
  if (!findPrograms()) installPackage('postgresql')
  const programs = findPrograms()
  if (!programs) return { missing: 'PostgreSQL is not installed: no initdb on the PATH' }
  try {
    return await startCluster(programs, isDurable)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { missing: `PostgreSQL does not start: ${reason.trim().split('\n').pop()}` }
  }
}
