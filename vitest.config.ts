import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tests that talk to a running Portico. */
const serverTests = ['tests/{endpoints,e2e,conformance}/**/*.test.ts']
/** Tests that run modules of the server in their own process, which no other test may share. */
const insideTests = ['tests/inside/*.test.ts']
/** Tests that build what ships and run it the way that it runs elsewhere. */
const deployTests = ['tests/deploy/**/*.test.ts']
/** Tests that drive the clients of others, as they are published. */
const clientTests = ['tests/clients/*.test.ts']

/** What a pure test still opens. */
const rulesData = join(tmpdir(), `portico-rules-${process.pid}`)

export default defineConfig({
  resolve: {
    alias: {
      '@': here('.'),
      // What the bundler resolves it to under its `react-server` condition.
      'server-only': here('./node_modules/server-only/empty.js'),
    },
  },
  test: {
    // tests of servers wait for a good part of their time: three fill the two processors of CI
    maxWorkers: 3,
    // what hangs is found in a minute; a busy machine needs many times what an idle one does
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/**/*.test.ts'],
          exclude: [...serverTests, ...insideTests, ...deployTests, ...clientTests],
          // a server of the working copy may be running on its own data
          env: { PORTICO_DATA_DIR: rulesData },
          globalSetup: 'tests/support/database/rules-data.ts',
          // nothing pure leaves anything behind, and loading each library once saves most of the time
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: serverTests,
          globalSetup: 'tests/support/server/setup.ts',
          setupFiles: 'tests/support/server/each-file.ts',
          isolate: false,
          hookTimeout: 120_000,
          // a browser on a busy machine takes its time
          expect: { poll: { timeout: 15_000 } },
        },
      },
      { extends: true, test: { name: 'inside', include: insideTests, hookTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'deploy',
          include: deployTests,
          // each builds or runs whole servers: one after another they take no longer
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 900_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'clients',
          include: clientTests,
          // each server of theirs is one machine, on which one thing happens after another
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
