import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { World } from './driver'
import type { Home } from './home'

/** A program that runs in a home. */
export type Command = {
  /** what it has printed so far, both streams */
  output(): string
  isRunning(): boolean
  /** resolves when it has ended, to its exit code; `null` where a signal ended it */
  readonly ended: Promise<number | null>
  /** what a person types */
  type(words: string): void
  /** nothing more is typed */
  hangUp(): void
  stop(): Promise<void>
}

const patienceMs = 120_000
const running = new Set<ChildProcess>()
const endGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals) => {
  try {
    if (pid) process.kill(-pid, signal)
  } catch {
    // it has ended
  }
}
process.once('exit', () => {
  for (const child of running) endGroup(child, 'SIGKILL')
})

/** Starts a program in a home, with nothing else of this machine's environment. */
export function start(
  { folder, env }: Home,
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Command {
  // a group of its own: what it leaves behind is ended with it
  const environment = { ...env, ...more } as NodeJS.ProcessEnv
  const child = spawn(program, args, { cwd: folder, env: environment, detached: true })
  running.add(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  child.stdin.on('error', () => {})
  child.on('error', (error) => {
    printed += error.message
  })
  const late = setTimeout(() => endGroup(child, 'SIGKILL'), patienceMs)
  const ended = once(child, 'close').then(() => {
    clearTimeout(late)
    running.delete(child)
    return child.exitCode
  })
  return {
    output: () => printed,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    ended,
    type: (words) => void child.stdin.write(words),
    hangUp: () => void child.stdin.end(),
    stop: async () => {
      endGroup(child, 'SIGTERM')
      const forced = setTimeout(() => endGroup(child, 'SIGKILL'), 3000)
      await ended
      clearTimeout(forced)
      endGroup(child, 'SIGKILL')
    },
  }
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed
 * @throws {Error} with that, where it fails
 */
export async function run(
  home: Home,
  program: string,
  args: readonly string[],
  more?: Readonly<Record<string, string>>,
): Promise<string> {
  const command = start(home, program, args, more)
  // some wait for what comes on it (mcpc: arguments of a tool)
  command.hangUp()
  const code = await command.ended
  if (code === 0) return command.output()
  throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${command.output()}`)
}

/**
 * Runs a program that opens the browser once and waits for its answer, to its end.
 *
 * @returns how it ended and what it printed
 */
export async function runWithBrowser(
  { home, person }: World,
  program: string,
  args: readonly string[],
  more?: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const command = start(home, program, args, more)
  try {
    await person.visit(await home.untilOpened(command.isRunning))
  } catch (error) {
    await command.stop()
    throw new Error(`${args.join(' ')}: ${error}\n${command.output()}`)
  }
  return { code: await command.ended, output: command.output() }
}

/** For programs that talk to terminals only: the same command, in one. */
export const inTerminal = (program: string, args: readonly string[]): [string, string[]] => [
  'python3',
  [path.join(import.meta.dirname, 'terminal.py'), program, ...args],
]
