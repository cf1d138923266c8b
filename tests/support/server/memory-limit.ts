import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A control group: the kernel keeps its processes below a limit, killing one if necessary. */
export type MemoryLimit = {
  /** command prefix that runs it in the group */
  readonly prefix: readonly string[]
  remove(): void
}

/** Mount points and file names of control groups, version 2 and version 1. */
const kinds = [
  {
    root: '/sys/fs/cgroup',
    has: 'cgroup.controllers',
    files: { limit: 'memory.max', swap: 'memory.swap.max' },
  },
  {
    root: '/sys/fs/cgroup/memory',
    has: 'memory.limit_in_bytes',
    files: {
      limit: 'memory.limit_in_bytes',
      swap: 'memory.memsw.limit_in_bytes',
    },
  },
] as const

/**
 * Creates such a group.
 *
 * @param bytes of memory for all its processes; no swap
 * @returns why there is none: it needs Linux and, usually, root
 */
export function limitMemory(bytes: number): MemoryLimit | { readonly missing: string } {
  const kind = kinds.find(({ root, has }) => existsSync(path.join(root, has)))
  if (!kind) return { missing: 'there are no control groups on this machine' }
  const group = path.join(kind.root, `portico-test-${process.pid}`)
  const file = (name: string) => path.join(group, name)
  try {
    mkdirSync(group)
    writeFileSync(file(kind.files.limit), String(bytes))
    if (existsSync(file(kind.files.swap)))
      writeFileSync(file(kind.files.swap), kind.files.limit === 'memory.max' ? '0' : String(bytes))
  } catch (error) {
    if (existsSync(group)) rmdirSync(group)
    return { missing: `no control group can be made: ${(error as Error).message}` }
  }
  return {
    prefix: ['sh', '-c', 'echo $$ > "$0/cgroup.procs" && exec "$@"', group],
    remove: () => rmdirSync(group),
  }
}
