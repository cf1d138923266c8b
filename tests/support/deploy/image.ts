import path from 'node:path'
import { isRoot } from './apt.mjs'
import type { Instruction } from './dockerfile'

/**
 * A stage of a Dockerfile as a folder with its own layers, without the base image. The
 * file's `/data` is `<folder>/data`.
 */
export type Stage = {
  readonly name: string | null
  readonly folder: string
  /** the paths that the image itself adds to its base: `/data` */
  readonly roots: readonly string[]
  readonly env: Record<string, string>
  readonly volumes: string[]
  workdir: string
  user: string
  entrypoint: string[]
  cmd: string[]
  healthcheck: string[]
}

/** A user of the image that this machine lacks runs as one without rights. */
const nobody = 65_534

/** The uid of an image's user. */
export const idOf = (user: string): number =>
  user === 'root' ? 0 : /^\d+/.test(user) ? Number.parseInt(user, 10) : nobody

/** The identity for a stage's process; only root can switch to another. */
export const identityOf = ({ user }: Stage): { uid?: number; gid?: number } =>
  isRoot() ? { uid: idOf(user), gid: idOf(user) } : {}

/** The paths that a Dockerfile's instructions create, by first segment. */
export const rootsOf = (instructions: readonly Instruction[]): string[] =>
  instructions
    .filter(({ name }) => name === 'WORKDIR' || name === 'VOLUME')
    .map(({ text }) => `/${text.split('/')[1]}`)

/** The local path of an image's path. */
export const placeOf = ({ folder, workdir }: Stage, file: string): string =>
  path.join(folder, path.posix.resolve(workdir, file))

/** Translates an image's words for this machine: its paths to the folder, its users to nobody. */
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

/** The environment of a stage's processes. */
export const envOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(stage.env).map(([name, value]) => [name, relocate(stage, value)]),
  )
