import { build } from 'esbuild'
import { commands, moduleOf } from './command-list.mjs'

/** Has a binary for each platform, so it is installed on the target instead of bundled. */
export const native = '@node-rs/argon2'

/**
 * Modules outside the bundles: Next and its `.env` reader, the embedded database with its files, Prisma's
 * large query compiler, native modules, and an optional module of pg.
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
 * Bundles the command and everything it runs, so that the package needs no compiler.
 *
 * @param {string} root the top level of the project
 * @param {string} server the output folder
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
