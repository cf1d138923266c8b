import { buildIfNeeded, reasonToBuild, root } from './build.mjs'
import { missingToolsAdvice } from './build-tools.mjs'
import { serve } from './serve.mjs'

/**
 * `npm start` and `npm run dev`: serves Portico from its sources, after a build where they have
 * changed. What is built and shipped starts in portico.mjs.
 */

const isDev = process.argv.includes('--dev')
process.chdir(root)
const reason = isDev ? null : reasonToBuild()
const lack = isDev || reason ? missingToolsAdvice() : null
if (lack) {
  console.error(lack)
  process.exit(1)
}
await serve({
  dir: root,
  isDev,
  check: ['--import', 'tsx', '--conditions=react-server', 'lib/cli/check-env.ts'],
  reasonToBuild: reason,
  build: async (signal) => {
    if (!isDev) await buildIfNeeded(signal, reason)
  },
})
