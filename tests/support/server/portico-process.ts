import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { variables } from '@/lib/config/all'
import { databaseFor, dropDatabaseFor, withDatabase } from '../database/portico-database'
import { freePort } from './free-port.mjs'
import { newDataDir, templateFor } from './template'

/** Who may sign in to a Portico that a test started. */
export const admin = { email: 'admin@portico.test', password: 'correct horse battery staple' }

export type Portico = {
  readonly origin: string
  readonly dataDir: string
  readonly pid: number
  /** what it has printed so far */
  output(): string
  /** sends a signal, SIGTERM by default, and waits for the end; `code` is null where it had to be killed */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>
  /** as `kill -9` */
  kill(): Promise<void>
}

export type StartOptions = {
  /** of an earlier start, to find its data again */
  readonly dataDir?: string
  /** SQL that is run on the tables before the start */
  readonly stored?: readonly string[]
  /** whether it has to make its database first, as on a new machine */
  readonly isFirst?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly port?: number
  /** whether it has so much to do, or is asked how fast it does it, that optimised code pays */
  readonly isOptimised?: boolean
  /** a module that is loaded into its process before it, relative to the top level */
  readonly preload?: string
}

/** A Portico that ended instead of answering. */
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
const patience = { startMs: 90_000, stopMs: 15_000 }
const running = new Set<ChildProcess>()
const dataDirs = new Set<string>()

const endAll = () => {
  for (const child of running) child.kill('SIGKILL')
}
process.once('exit', endAll)

/** Ends every process that was started here and removes what it wrote. */
export async function cleanUp(): Promise<void> {
  endAll()
  await Promise.all([...running].map((child) => child.exitCode ?? once(child, 'exit')))
  await Promise.all([...dataDirs].map(dropDatabaseFor))
  for (const directory of dataDirs) rmSync(directory, { recursive: true, force: true })
  dataDirs.clear()
}

async function environment(port: number, dataDir: string, { env, isFirst }: StartOptions) {
  // An empty value counts as absent and keeps a developer's own .env out.
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

/** Not by polling: on a taken port somebody else would answer. */
async function untilReady(origin: string, { child, closed, output }: Started) {
  const late = setTimeout(() => child.kill('SIGKILL'), patience.startMs)
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
  const forced = setTimeout(() => child.kill('SIGKILL'), patience.stopMs)
  await closed
  clearTimeout(forced)
  return { code: child.exitCode, ms: Date.now() - since }
}

/**
 * To optimise code takes a server that lives for seconds longer than it ever gets back. WebAssembly,
 * which the embedded database and Prisma are, is left as it is; JavaScript is optimised a good deal
 * later (the default is 67,584). Node refuses to start with a flag that its V8 does not know: newer ones
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
 * Starts Portico as `npm start` does, in a process of its own, and waits until it answers.
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
