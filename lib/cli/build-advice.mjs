import { createRequire } from 'node:module'
import os from 'node:os'

/** What may prevent a build, and what to do about it. */

/** Tools that a build needs and a built server does not. */
const tools = ['prisma/build/index.js', 'typescript/package.json', '@tailwindcss/postcss', 'tsx']

/**
 * Without the development dependencies, which npm omits with `NODE_ENV=production`, nothing can be
 * built; an existing build can be served.
 *
 * @returns {string | null} what to do about it, or `null` if all tools are installed
 */
export function missingToolsAdvice() {
  const { resolve } = createRequire(import.meta.url)
  try {
    for (const tool of tools) resolve(tool)
    return null
  } catch {
    return [
      'Portico cannot be built here, because its development dependencies are not installed:',
      'npm omits them with NODE_ENV=production or --omit=dev. Install them with',
      '  npm install --include=dev',
      'or run an existing build: the image, or the package that `npm run package` makes.',
    ].join('\n')
  }
}

/** The memory of all processes of a build, with some reserve. */
const neededMiB = 1536

/** The memory available to a build: the machine's, or a container's limit, in MiB. */
function availableMiB() {
  const constrained = process.constrainedMemory() ?? 0
  // without a limit it is 0, or more than the machine's memory
  const bytes = constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem()
  return Math.round(bytes / 2 ** 20)
}

const advice =
  'Build on a larger machine, and run the image or the package that `npm run package` makes: they start without a build, in 512 MB.'

/**
 * @param {number} [available] in MiB
 * @returns {string | null} a warning if the memory may not suffice for a build
 */
export const memoryWarning = (available = availableMiB()) =>
  available < neededMiB
    ? `A build takes up to ${neededMiB} MB of memory and this machine has ${available}: it may be killed. ${advice}`
    : null

/**
 * @param {NodeJS.Signals | null} signal that ended a build
 * @returns {string} an explanation if the build was killed
 */
export const killExplanation = (signal) =>
  signal === 'SIGKILL'
    ? `next build was killed, most likely since memory ran out: it takes up to ${neededMiB} MB. ${advice}\n`
    : ''
