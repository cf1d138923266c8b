import { execFile, spawnSync } from 'node:child_process'
import { freePort } from '../server/free-port.mjs'
import { type ServerProcess, startServerProcess } from '../server/server-process'
import { envOf, identityOf, placeOf, relocate, type Stage } from './image'

/** A running image, as an engine would run it. */
export type Container = ServerProcess & {
  readonly origin: string
  /** runs the image's health check, as an engine does */
  isHealthy(): Promise<boolean>
}

/** How a process of an image runs: as its user, with its environment plus `-e`. */
const optionsOf = (stage: Stage, env: Readonly<Record<string, string>> = {}) => ({
  cwd: placeOf(stage, '.'),
  env: {
    NODE_ENV: 'production' as const,
    // the only variable of this machine, so that it finds its programs
    PATH: process.env.PATH,
    ...envOf(stage),
    ...env,
  },
  ...identityOf(stage),
})

const commandOf = (stage: Stage, words: readonly string[]): [string, string[]] => {
  const [program = '', ...args] = words.map((word) => relocate(stage, word))
  return [program, args]
}

/** As `docker run <image> <words>`, to its end. @returns its output */
export function runOnce(stage: Stage, words: readonly string[]): string {
  const [program, args] = commandOf(stage, [...stage.entrypoint, ...words])
  const options = { ...optionsOf(stage), encoding: 'utf8' as const }
  const { status, stdout, stderr } = spawnSync(program, args, options)
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/**
 * As `docker run -d`: starts an image's command as its user and waits until it is healthy.
 *
 * @throws {Error} with its output, if it exits or does not become healthy
 */
export async function startContainer(
  stage: Stage,
  env: Readonly<Record<string, string>> = {},
): Promise<Container> {
  const port = await freePort()
  const options = optionsOf(stage, { PORT: String(port), ...env })
  const [check, checkArgs] = commandOf(stage, stage.healthcheck)
  const isHealthy = () =>
    new Promise<boolean>((resolve) => {
      execFile(check, checkArgs, options, (error) => resolve(error === null))
    })
  const [program, args] = commandOf(stage, [...stage.entrypoint, ...stage.cmd])
  const started = await startServerProcess(program, args, options, isHealthy)
  return { ...started, origin: `http://localhost:${port}`, isHealthy }
}
