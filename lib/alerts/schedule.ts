import type { Lane } from '@/lib/handshake/lane'

/** A verdict is told of this much later, unless the handshake goes on meanwhile; milliseconds. */
export const settlesMs = 5000

/** A handshake, or one that retries it, is told of once in this time. */
export const repeatAfterMs = 10 * 60_000

/**
 * Nobody reads more than this many an hour: whoever floods the server floods no mailbox. Attempts
 * without a person, which anybody can bring about, have a small budget of their own, and those from
 * Claude's network one that nobody else can use up. `made` counts those that were withdrawn, too.
 */
export const hourlyLimits: Readonly<
  Record<Lane, { readonly told: number; readonly made: number }>
> = {
  person: { told: 20, made: Number.MAX_SAFE_INTEGER },
  claude: { told: 5, made: 20 },
  stranger: { told: 3, made: 20 },
}

/** What is beyond that without a person is gathered for one message, which comes once an hour. */
export const unattended = { gathersMs: 5 * 60_000, everyMs: 3600_000 } as const

/** Without a person, so many are looked at in one go; the others are gathered unseen. */
export const mostReviewed = 10

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
