import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A disk of a test's own, which can be full. */
export type SmallDisk = {
  readonly directory: string
  /** takes all the room that is left */
  fill(): void
  /** gives it back */
  drain(): void
  /** has it take nothing that is written; while a file is open for that it cannot */
  close(): void
  unmount(): void
}

/** @returns `null` where this user may mount nothing */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-disk-'))
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', directory]
  if (spawnSync('mount', options).status !== 0) {
    rmSync(directory, { recursive: true })
    return null
  }
  const filler = path.join(directory, 'filler')
  return {
    directory,
    fill: () => {
      for (const size of [1024 * 1024, 4096]) {
        const block = new Uint8Array(size)
        try {
          for (;;) appendFileSync(filler, block)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
    },
    drain: () => rmSync(filler, { force: true }),
    close: () => void execFileSync('mount', ['-o', 'remount,ro', directory]),
    unmount: () => {
      execFileSync('umount', [directory])
      rmSync(directory, { recursive: true })
    },
  }
}
