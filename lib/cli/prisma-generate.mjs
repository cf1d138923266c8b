import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

/**
 * Writes the Prisma client, without network. The command insists on a schema engine file, which
 * `generate` never runs, and downloads one where there is none: any existing file satisfies it.
 *
 * @returns {boolean} whether it was written; otherwise the reason is on stderr
 */
export function generateClient() {
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, 'generate', '--no-hints', '--config', 'prisma/prisma.config.ts'],
    {
      cwd: new URL('../..', import.meta.url),
      encoding: 'utf8',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  )
  if (status !== 0) console.error(stderr)
  return status === 0
}

if (process.argv[1] === import.meta.filename) process.exit(generateClient() ? 0 : 1)
