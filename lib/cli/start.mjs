import { buildIfNeeded, reasonToBuild, root } from './build.mjs'
import { missingToolsAdvice } from './build-advice.mjs'
import { serve } from './serve.mjs'

/**
 * `npm start` and `npm run dev`: serves Portico from its sources, after a build if they have changed. The
 * package starts in portico.mjs.
 */

const isDev = process.argv.includes('--dev')
process.chdir(root)
const reason = isDev ? null : reasonToBuild()
const advice = isDev || reason ? missingToolsAdvice() : null
if (advice) {
  console.error(advice)
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
