import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server started as operators do. */
export type ServerProcess = {
  /** its output so far */
  output(): string
  /** stops it. @returns the exit code, or `null` if a signal killed it */
  stop(): Promise<number | null>
}

const timeoutMs = 90_000
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a server and waits until it is ready.
 *
 * @throws {Error} with its output, if it exits or is not ready within a minute and a half
 */
export async function startServerProcess(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
  isReady: () => Promise<boolean>,
): Promise<ServerProcess> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const ended = once(child, 'close').then(() => running.delete(child))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  const late = Date.now() + timeoutMs
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > late) {
      child.kill('SIGKILL')
      throw new Error(`the server is not ready:\n${printed}`)
    }
    await sleep(200)
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    return child.exitCode
  }
  return { output: () => printed, stop }
}
