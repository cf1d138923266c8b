import path from 'node:path'
import { isRoot } from './apt.mjs'
import type { Instruction } from './dockerfile'

/**
 * A stage of a Dockerfile as a folder: its own layers, as they would lie upon the base. Where the
 * file says `/data`, it is `<folder>/data`.
 */
export type Stage = {
  readonly name: string | null
  readonly folder: string
  /** the paths of the image that are its own, and none of the base's: `/data` */
  readonly roots: readonly string[]
  readonly env: Record<string, string>
  readonly volumes: string[]
  workdir: string
  user: string
  entrypoint: string[]
  cmd: string[]
  healthcheck: string[]
}

/** A user of the image that this machine does not have is one that may do nothing. */
const nobody = 65_534

/** The number of a user of an image. */
export const idOf = (user: string): number =>
  user === 'root' ? 0 : /^\d+/.test(user) ? Number.parseInt(user, 10) : nobody

/** As whom a process of a stage runs; only root can be somebody else. */
export const identityOf = ({ user }: Stage): { uid?: number; gid?: number } =>
  isRoot() ? { uid: idOf(user), gid: idOf(user) } : {}

/** The paths that the instructions of a Dockerfile make, by their first part. */
export const rootsOf = (instructions: readonly Instruction[]): string[] =>
  instructions
    .filter(({ name }) => name === 'WORKDIR' || name === 'VOLUME')
    .map(({ text }) => `/${text.split('/')[1]}`)

/** Where a path of the image is here. */
export const placeOf = ({ folder, workdir }: Stage, file: string): string =>
  path.join(folder, path.posix.resolve(workdir, file))

/** Words of the image as they are meant here: its paths are in the folder, its users are nobody. */
export function relocate({ folder, roots }: Stage, text: string): string {
  const moved = roots.reduce(
    (all, root) =>
      all.replace(new RegExp(`(?<![\\w.)/-])${root}(?![\\w.-])`, 'g'), `${folder}${root}`),
    text,
  )
  return moved.replace(/\bchown (-R )?node(:node)?\b/g, (_, flag = '') =>
    isRoot() ? `chown ${flag}${nobody}:${nobody}` : 'true',
  )
}

/** The environment that a stage gives to its processes. */
export const envOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(stage.env).map(([name, value]) => [name, relocate(stage, value)]),
  )
