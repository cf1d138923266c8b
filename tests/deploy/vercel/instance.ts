import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** One process of one function. */
export type Instance = {
  readonly pid: number
  readonly folder: string
  /** how many requests it answers, and has work left of */
  readonly busy: number
  readonly isFrozen: boolean
  readonly isDead: boolean
  /** takes a request: thaws it where it is frozen */
  begin(): Promise<Invocation>
  /** ends it at once, frozen or not */
  kill(): Promise<void>
}

/** A request that an instance was given. */
export type Invocation = {
  readonly id: string
  readonly port: number
  /** gives it up: it counts as done, whatever the function still does */
  abandon(): void
}

type Message = { readonly port?: number; readonly done?: string }

const program = path.join(import.meta.dirname, 'function.mjs')
/** After a response, and what the function asked to be waited for. */
const freezeAfterMs = 5

const has = (flag: string) => process.allowedNodeEnvironmentFlags.has(flag)

/**
 * What functions have for `/tmp`. Not that of the machine: a checkout may lie in it, and a function that
 * finds the project's package.json above itself is not what runs at Vercel.
 */
const temporary = mkdtempSync(path.join(os.tmpdir(), 'portico-functions-'))
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

/**
 * A function reads its own folder and nothing else, and writes to /tmp alone. By Node's permissions, as
 * the modes of files mean nothing to root.
 */
function confinement(folder: string): string[] {
  return [
    has('--permission') ? '--permission' : '--experimental-permission',
    '--allow-addons',
    ...(has('--allow-net') ? ['--allow-net'] : []),
    ...[folder, program, temporary].map((at) => `--allow-fs-read=${at}`),
    `--allow-fs-write=${temporary}`,
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ]
}

function start(folder: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(program, [folder], {
    cwd: temporary,
    // nothing of the test's own environment
    env: { NODE_ENV: 'production', TMPDIR: temporary, ...env },
    execArgv: confinement(folder),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

/** Waits for its port. @throws when it ends before */
async function portOf(child: ChildProcess): Promise<number> {
  const ready = new Promise<number>((resolve) => {
    const listen = ({ port }: Message) => {
      if (port === undefined) return
      child.off('message', listen)
      resolve(port)
    }
    child.on('message', listen)
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error('the function ended before it took a request')
  })
  return Promise.race([ready, ended])
}

/** Starts an instance. Its requests are given to it by {@link Instance.begin}. @param log takes what it prints */
export function newInstance(
  folder: string,
  env: Readonly<Record<string, string>>,
  log: (text: string) => void,
): Instance {
  const child = start(folder, env)
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', log)
  const port = portOf(child)
  port.catch(() => undefined)
  const open = new Set<string>()
  let isFrozen = false
  const isDead = () => child.exitCode !== null || child.signalCode !== null
  const freezeIfIdle = async () => {
    await sleep(freezeAfterMs)
    if (open.size > 0 || isFrozen || isDead()) return
    isFrozen = true
    child.kill('SIGSTOP')
  }
  const done = (id: string) => {
    if (open.delete(id)) void freezeIfIdle()
  }
  child.on('message', ({ done: id }: Message) => {
    if (id) done(id)
  })
  return {
    pid: child.pid ?? 0,
    folder,
    get busy() {
      return open.size
    },
    get isFrozen() {
      return isFrozen
    },
    get isDead() {
      return isDead()
    },
    begin: async () => {
      const id = randomUUID()
      open.add(id)
      if (isFrozen) {
        isFrozen = false
        child.kill('SIGCONT')
      }
      return { id, port: await port, abandon: () => done(id) }
    },
    kill: async () => {
      if (isDead()) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
