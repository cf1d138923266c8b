import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'

/** Removes the data directory of the project `rules` after its run; vitest.config.ts has its path. */
export const setup = ({ config }: TestProject) => {
  const { PORTICO_DATA_DIR: dataDir } = config.env
  return () => {
    if (dataDir) rmSync(dataDir, { recursive: true, force: true })
  }
}
