/** A verdict is told of this much later, unless the handshake goes on meanwhile; milliseconds. */
export const settlesMs = 5000

/** A handshake, or one that retries it, is told of once in this time. */
export const toldOnceMs = 10 * 60_000

/** Nobody reads more than this many an hour: whoever floods the server floods no mailbox. */
export const mostAnHour = 20

/** How long an attempt may take, and when another instance may take over from one that died. */
export const attemptMs = 20_000
export const leaseMs = 60_000

const second = 1000
const minute = 60 * second

/** How long after an attempt that failed the next one comes; after the last there is none. */
const retryAfterMs: readonly number[] = [30 * second, 2 * minute, 10 * minute, 60 * minute]

/**
 * When to try again, in milliseconds after an attempt that failed.
 *
 * @param attempts how many there were
 * @returns `null` when it is given up
 */
export const retryIn = (attempts: number): number | null => retryAfterMs[attempts - 1] ?? null
