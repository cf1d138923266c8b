import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { machineEnv } from '../server/machine-env'
import { isRoot } from './apt.mjs'
import {
  contextFilter,
  type Instruction,
  pairsOf,
  parseDockerfile,
  readIgnoreFile,
  wordsOf,
} from './dockerfile'
import { envOf, identityOf, idOf, placeOf, relocate, rootsOf, type Stage } from './image'

/** A build's inputs and state. */
type Work = {
  readonly context: string
  readonly into: string
  readonly mayCopy: (file: string) => boolean
  readonly layers: Layers
  readonly instructions: readonly Instruction[]
  readonly stages: Stage[]
  /** the inputs of the stage so far */
  made: string
}

/** Folders left by earlier builds, as an engine caches layers, keyed by their inputs. */
export type Layers = Map<string, string>

const current = ({ stages }: Work): Stage => {
  const stage = stages.at(-1)
  if (!stage) throw new Error('a Dockerfile begins with FROM')
  return stage
}

function begin(work: Work, { text }: Instruction): void {
  const [, name = null] = / as (\S+)$/i.exec(text) ?? []
  const folder = path.join(work.into, name ?? `stage-${work.stages.length}`)
  mkdirSync(folder, { recursive: true })
  const command = { entrypoint: [], cmd: [], healthcheck: [] }
  const place = { name, folder, roots: rootsOf(work.instructions), workdir: '/', user: 'root' }
  work.stages.push({ ...place, ...command, env: {}, volumes: [] })
  work.made = ''
}

/** @returns what was copied from the context, and its modification time */
function copy(work: Work, { flags, text }: Instruction): string {
  const stage = current(work)
  const words = text.split(/\s+/)
  const target = words.pop() ?? ''
  const source = work.stages.find(({ name }) => name === flags.from)
  if (flags.from && !source) throw new Error(`COPY --from=${flags.from}: unknown stage`)
  const base = source?.folder ?? work.context
  const mayCopy = (file: string) =>
    source !== undefined || file === base || work.mayCopy(path.relative(base, file))
  const to = placeOf(stage, target)
  const isFolder = words.length > 1 || /(^|\/)\.?$/.test(target)
  const copied: string[] = []
  for (const from of words.map((word) => path.join(base, word))) {
    if (!mayCopy(from)) throw new Error(`COPY ${text}: ${from} is excluded by .dockerignore`)
    const place = isFolder && statSync(from).isFile() ? path.join(to, path.basename(from)) : to
    const filter = (file: string) => mayCopy(file) && copied.push(file) > 0
    cpSync(from, place, { recursive: true, verbatimSymlinks: true, filter })
  }
  if (flags.chown && isRoot()) execFileSync('chown', ['-R', String(idOf(flags.chown)), to])
  return copied.map((file) => `${file} ${lstatSync(file).mtimeMs}`).join('\n')
}

/** Hard links where possible: later steps add files and rewrite none. */
const copyFolder = (from: string, to: string) =>
  execFileSync('cp', [process.platform === 'linux' ? '-alf' : '-a', `${from}/.`, to])

function run(work: Work, { text }: Instruction, isWorthKeeping: boolean): void {
  const stage = current(work)
  const layer = work.layers.get(work.made)
  if (layer) return void copyFolder(layer, stage.folder)
  const { status } = spawnSync('/bin/sh', ['-ec', relocate(stage, text)], {
    cwd: placeOf(stage, '.'),
    env: { ...machineEnv(), ...envOf(stage) },
    stdio: ['ignore', 'ignore', 'inherit'],
    ...identityOf(stage),
  })
  if (status !== 0) throw new Error(`RUN ${text}: ended with ${status}`)
  if (!isWorthKeeping) return
  const kept = mkdtempSync(path.join(work.into, 'layer-'))
  copyFolder(stage.folder, kept)
  work.layers.set(work.made, kept)
}

/** Whether the stage copies more files, which may differ between builds. */
function isCopiedAfter(work: Work, at: number): boolean {
  const rest = work.instructions.slice(at + 1)
  const end = rest.findIndex(({ name }) => name === 'FROM')
  return rest.slice(0, Math.max(end, 0)).some(({ name }) => name === 'COPY')
}

const steps: Record<string, (work: Work, instruction: Instruction, at: number) => unknown> = {
  FROM: begin,
  COPY: copy,
  RUN: (work, instruction, at) => run(work, instruction, isCopiedAfter(work, at)),
  WORKDIR: (work, { text }) => {
    const stage = current(work)
    stage.workdir = path.posix.resolve(stage.workdir, text)
    mkdirSync(placeOf(stage, '.'), { recursive: true })
  },
  ENV: (work, { text }) => Object.assign(current(work).env, pairsOf(text)),
  ARG: (work, { text }) => Object.assign(current(work).env, pairsOf(text)),
  USER: (work, { text }) => Object.assign(current(work), { user: text }),
  VOLUME: (work, { text }) => current(work).volumes.push(text),
  CMD: (work, { text }) => Object.assign(current(work), { cmd: wordsOf(text) }),
  ENTRYPOINT: (work, { text }) => Object.assign(current(work), { entrypoint: wordsOf(text) }),
  HEALTHCHECK: (work, { text }) =>
    Object.assign(current(work), { healthcheck: wordsOf(text.replace(/^CMD\s+/, '')) }),
}

/**
 * Executes a Dockerfile on this machine, with folders as stages and no base image.
 *
 * @param context the folder of the Dockerfile
 * @param options `without`: paths missing from the context, as if forgotten;
 *   `layers`: cache of earlier builds, extended by this one
 * @returns the last stage
 * @throws {Error} if an instruction fails
 */
export function buildImage(
  context: string,
  { without = [], layers = new Map() }: { without?: readonly string[]; layers?: Layers } = {},
): Stage {
  const into = mkdtempSync(path.join(os.tmpdir(), 'portico-image-'))
  // the user that runs it must be able to traverse it
  chmodSync(into, 0o755)
  const ignored = readIgnoreFile(path.join(context, '.dockerignore'))
  const instructions = parseDockerfile(readFileSync(path.join(context, 'Dockerfile'), 'utf8'))
  const mayCopy = contextFilter([...ignored, ...without])
  const work: Work = { context, into, mayCopy, layers, instructions, stages: [], made: '' }
  instructions.forEach((instruction, at) => {
    work.made += `\n${instruction.name} ${instruction.text}`
    const made = steps[instruction.name]?.(work, instruction, at)
    if (instruction.name === 'COPY') work.made += `\n${made}`
  })
  return current(work)
}
