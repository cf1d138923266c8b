import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../support/server/free-port.mjs'
import { workshop } from './workshop'

/** One core for whoever is measured; the load, this process and PostgreSQL share the other. */
export const cores = { server: '0', load: '1' } as const

/** A program that is measured. */
export type Contestant = {
  readonly id: string
  readonly title: string
  /** of Node */
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** a path that answers 200 once it serves */
  readonly ready: string
}

/** A contestant that serves. */
export type Running = Contestant & {
  readonly port: number
  readonly pid: number
  /** from the start of the process to the first 200 */
  readonly coldMs: number
  stop(): Promise<number>
}

/** Keeps this process, and what it starts, off the core of whoever is measured. */
export const stayOnLoadCore = (): void =>
  void execFileSync('taskset', ['-cp', cores.load, String(process.pid)], { stdio: 'ignore' })

const started = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL')
})

const patience = { readyMs: 60_000, stopMs: 5000 }

async function untilReady(child: ChildProcess, url: string, title: string): Promise<void> {
  const late = performance.now() + patience.readyMs
  while (performance.now() < late && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await sleep(5)
  }
  throw new Error(`${title} does not serve: see .bench/${path.basename(workshop.log)}`)
}

async function stop(child: ChildProcess): Promise<number> {
  const since = performance.now()
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), patience.stopMs)
  await ended
  clearTimeout(forced)
  started.delete(child)
  return performance.now() - since
}

/** Starts a contestant on the server's core; what it prints goes to a file, everybody's alike. */
export async function start(contestant: Contestant): Promise<Running> {
  const port = await freePort()
  const log = openSync(workshop.log, 'a')
  const since = performance.now()
  const child = spawn('taskset', ['-c', cores.server, process.execPath, ...contestant.args], {
    cwd: contestant.cwd,
    env: { ...process.env, NODE_ENV: 'production', ...contestant.env, PORT: String(port) },
    stdio: ['ignore', log, log],
  })
  started.add(child)
  await untilReady(child, `http://127.0.0.1:${port}${contestant.ready}`, contestant.title)
  const coldMs = performance.now() - since
  return { ...contestant, port, pid: Number(child.pid), coldMs, stop: () => stop(child) }
}

function childrenOf(pid: number): number[] {
  const parentOf = (each: string): number => {
    try {
      const stat = readFileSync(`/proc/${each}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    } catch {
      return 0
    }
  }
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return all.filter((each) => parentOf(each) === pid).map(Number)
}

/** Milliseconds that a process and what it started have computed. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // in user and system mode, in hundredths of a second
  const own = (Number(fields[11]) + Number(fields[12])) * 10
  return childrenOf(pid).reduce((sum, child) => sum + processorTime(child), own)
}

/** Resident memory of a process and what it started, in MiB. */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  return childrenOf(pid).reduce((sum, child) => sum + residentMemory(child), own)
}
