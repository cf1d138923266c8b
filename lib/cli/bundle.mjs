import { build } from 'esbuild'
import { commands, moduleOf } from './command-list.mjs'

/** What has a binary for each platform, and so is installed where it runs instead of packed. */
export const native = '@node-rs/argon2'

/**
 * What the bundles leave to the modules beside them: Next and its reader of `.env`, the embedded database with its files, the
 * planner of Prisma, which is large, what is native, and what is no more than an option of pg.
 */
const external = [
  'next',
  '@next/env',
  '@electric-sql/pglite',
  '@prisma/client/runtime/query_compiler*',
  native,
  'pg-native',
]

/**
 * Bundles the command and all that it runs, so that what ships needs no compiler.
 *
 * @param {string} root the top level of the project
 * @param {string} server where the bundles go
 */
export async function bundle(root, server) {
  const names = [
    'portico.mjs',
    'check-env.ts',
    ...new Set(Object.keys(commands).map((name) => `${moduleOf(name).module}.ts`)),
  ]
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `lib/cli/${name}`),
    outdir: server,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['react-server'],
    external,
    logLevel: 'error',
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  })
}
