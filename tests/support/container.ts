import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.mjs'
import { envOf, identityOf, placeOf, relocate, type Stage } from './image'

/** An image that runs, as an engine would run it. */
export type Container = {
  readonly origin: string
  output(): string
  /** what the image's own check says, as an engine asks */
  isHealthy(): boolean
  /** as `docker stop` */
  stop(): Promise<number | null>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The image's own environment, and what `-e` adds; of this machine the way to its programs. */
const environment = (stage: Stage, env: Readonly<Record<string, string>>) => ({
  PATH: process.env.PATH,
  ...envOf(stage),
  ...env,
})

const commandOf = (stage: Stage, words: readonly string[]): [string, string[]] => {
  const [program = '', ...rest] = words.map((word) => relocate(stage, word))
  return [program, rest]
}

/** As `docker run <image> <words>`, to its end. @returns what it printed */
export function runOnce(stage: Stage, words: readonly string[]): string {
  const [program, args] = commandOf(stage, [...stage.entrypoint, ...words])
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: placeOf(stage, '.'),
    env: environment(stage, {}) as NodeJS.ProcessEnv,
    encoding: 'utf8',
    ...identityOf(stage),
  })
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/**
 * As `docker run -d`: starts what an image starts, as its user, and waits until it is healthy.
 *
 * @throws {Error} with what it printed, when it ends or is not well within a minute and a half
 */
export async function startContainer(
  stage: Stage,
  env: Readonly<Record<string, string>> = {},
): Promise<Container> {
  const port = await freePort()
  const vars = environment(stage, { PORT: String(port), ...env }) as NodeJS.ProcessEnv
  const options = { cwd: placeOf(stage, '.'), env: vars, ...identityOf(stage) }
  const [program, args] = commandOf(stage, [...stage.entrypoint, ...stage.cmd])
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const ended = once(child, 'close').then(() => running.delete(child))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  const [check, checkArgs] = commandOf(stage, stage.healthcheck)
  const isHealthy = () => spawnSync(check, checkArgs, { ...options, stdio: 'ignore' }).status === 0
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    return child.exitCode
  }
  const late = Date.now() + 90_000
  while (!isHealthy()) {
    if (child.exitCode !== null || Date.now() > late) {
      child.kill('SIGKILL')
      throw new Error(`the container is not healthy:\n${printed}`)
    }
    await sleep(250)
  }
  return { origin: `http://localhost:${port}`, output: () => printed, isHealthy, stop }
}
