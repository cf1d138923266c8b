import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { variables } from '@/lib/config/all'
import { databaseFor, dropDatabaseFor, withDatabase } from '../database/portico-database'
import { freePort } from './free-port.mjs'
import { newDataDir, templateFor } from './template'

/** The admin of a Portico that a test started. */
export const admin = { email: 'admin@portico.test', password: 'correct horse battery staple' }

export type Portico = {
  readonly origin: string
  readonly dataDir: string
  readonly pid: number
  /** its output so far */
  output(): string
  /** sends SIGTERM by default and waits for the exit; `code` is null if it had to be killed */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>
  /** as `kill -9` */
  kill(): Promise<void>
}

export type StartOptions = {
  /** of an earlier start, to reuse its data */
  readonly dataDir?: string
  /** SQL to run before the start */
  readonly stored?: readonly string[]
  /** whether it creates its database itself, as on a new machine */
  readonly isFirst?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly port?: number
  /** whether to optimise code: for much work, or for measurements */
  readonly isOptimised?: boolean
  /** a module to preload, relative to the repository root */
  readonly preload?: string
}

/** A Portico that exited before it was ready. */
export class StartFailure extends Error {
  override name = 'StartFailure'
  constructor(
    readonly code: number | null,
    readonly output: string,
  ) {
    super(`Portico did not start (exit code ${code}):\n${output}`)
  }
}

const root = path.join(import.meta.dirname, '../../..')
const timeouts = { startMs: 90_000, stopMs: 15_000 }
const running = new Set<ChildProcess>()
const dataDirs = new Set<string>()

const endAll = () => {
  for (const child of running) child.kill('SIGKILL')
}
process.once('exit', endAll)

/** Kills every process started here and removes their files. */
export async function cleanUp(): Promise<void> {
  endAll()
  await Promise.all([...running].map((child) => child.exitCode ?? once(child, 'exit')))
  await Promise.all([...dataDirs].map(dropDatabaseFor))
  for (const directory of dataDirs) rmSync(directory, { recursive: true, force: true })
  dataDirs.clear()
}

async function environment(port: number, dataDir: string, { env, isFirst }: StartOptions) {
  // An empty value counts as absent and overrides a developer's .env.
  const blank = Object.fromEntries(Object.keys(variables).map((name) => [name, '']))
  return {
    ...process.env,
    ...blank,
    PORT: String(port),
    PORTICO_DATA_DIR: dataDir,
    PORTICO_ADMIN_EMAIL: admin.email,
    PORTICO_ADMIN_PASSWORD: admin.password,
    DATABASE_URL: (await databaseFor(dataDir, templateFor(isFirst === true))) ?? '',
    ...env,
  }
}

const change = (dataDir: string, statements: readonly string[]) =>
  withDatabase(dataDir, async (query) => {
    for (const sql of statements) await query(sql)
  })

type Started = { child: ChildProcess; closed: Promise<unknown>; output(): string }

/** Not by polling: on a taken port another server would answer. */
async function untilReady(origin: string, { child, closed, output }: Started) {
  const late = setTimeout(() => child.kill('SIGKILL'), timeouts.startMs)
  await Promise.race([once(child, 'message'), closed])
  clearTimeout(late)
  const isRunning = child.exitCode === null && child.signalCode === null
  if (isRunning) {
    const { ok } = await fetch(`${origin}/.well-known/oauth-protected-resource/mcp`)
    if (ok) return
    child.kill('SIGKILL')
  }
  await closed
  throw new StartFailure(child.exitCode, output())
}

async function stop({ child, closed }: Started, signal: NodeJS.Signals) {
  const since = Date.now()
  child.kill(signal)
  const forced = setTimeout(() => child.kill('SIGKILL'), timeouts.stopMs)
  await closed
  clearTimeout(forced)
  return { code: child.exitCode, ms: Date.now() - since }
}

/**
 * Optimising costs a server that lives for seconds more than it gains. WebAssembly,
 * which the embedded database and Prisma are, is unaffected; JavaScript is optimised much
 * later (the default is 67,584). Node refuses to start with a flag unknown to its V8: newer ones
 * have no such budget.
 */
const knownFlags = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
const unoptimised = ['--liftoff-only', '--interrupt-budget=1300000'].filter((flag) =>
  knownFlags.includes(` ${flag.split('=')[0]} (`),
)

function run(env: NodeJS.ProcessEnv, flags: readonly string[]): Started {
  const child = spawn(process.execPath, [...flags, 'lib/cli/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  return { child, closed: once(child, 'close'), output: () => printed }
}

/**
 * Starts Portico as `npm start` does, in its own process, and waits until it is ready.
 *
 * @throws {StartFailure}
 */
export async function launch(options: StartOptions = {}): Promise<Portico> {
  const port = options.port ?? (await freePort())
  const dataDir = options.dataDir ?? newDataDir(options.isFirst === true)
  dataDirs.add(dataDir)
  const env = await environment(port, dataDir, options)
  if (options.stored?.length) await change(dataDir, options.stored)
  const preloaded = options.preload ? ['--import', path.join(root, options.preload)] : []
  const started = run(env, [...(options.isOptimised ? [] : unoptimised), ...preloaded])
  const origin = `http://localhost:${port}`
  await untilReady(origin, started)
  return {
    origin,
    dataDir,
    pid: Number(started.child.pid),
    output: started.output,
    stop: (signal = 'SIGTERM') => stop(started, signal),
    kill: async () => void (await stop(started, 'SIGKILL')),
  }
}
