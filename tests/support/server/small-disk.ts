import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A small disk for a test, which can be full. */
export type SmallDisk = {
  readonly directory: string
  /** fills it */
  fill(): void
  /** frees the space */
  drain(): void
  /** makes it read-only; fails while a file is open for writing */
  close(): void
  unmount(): void
}

/** @returns `null` if this user may not mount */
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
