import os from 'node:os'

/** What a build takes, all its processes together, with some room. */
const neededMiB = 1536

/** What a build may use here: the machine's memory, or less where a container limits it, in MiB. */
function availableMiB() {
  const constrained = process.constrainedMemory() ?? 0
  // without a limit it is 0, or more than any machine has
  const bytes = constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem()
  return Math.round(bytes / 2 ** 20)
}

const advice =
  'Build on a larger machine, and run the image or the package that `npm run package` makes: they start without a build, in 512 MB.'

/**
 * @param {number} [available] in MiB
 * @returns {string | null} what to say before a build that memory may not suffice for
 */
export const memoryWarning = (available = availableMiB()) =>
  available < neededMiB
    ? `A build takes up to ${neededMiB} MB of memory and this machine has ${available}: it may be killed. ${advice}`
    : null

/**
 * @param {NodeJS.Signals | null} signal that ended a build
 * @returns {string} what to say of it, if it was not the build itself that failed
 */
export const killExplanation = (signal) =>
  signal === 'SIGKILL'
    ? `next build was killed, most likely since memory ran out: it takes up to ${neededMiB} MB. ${advice}\n`
    : ''
