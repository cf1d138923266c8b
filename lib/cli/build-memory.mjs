import os from 'node:os'

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
