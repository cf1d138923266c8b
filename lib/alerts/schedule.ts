import type { Lane } from '@/lib/handshake/lane'

/** Delay before a verdict is sent, in case the handshake continues; milliseconds. */
export const settlesMs = 5000

/** A handshake and its retries cause one alert in this time. */
export const repeatAfterMs = 10 * 60_000

/**
 * Alerts per hour, so that flooding the server does not flood a mailbox. Attempts without a person, which
 * anyone can cause, have a small budget of their own; those from Claude's network have one that nobody
 * else can use up. `made` includes withdrawn alerts.
 */
export const hourlyLimits: Readonly<
  Record<Lane, { readonly sent: number; readonly made: number }>
> = {
  person: { sent: 20, made: Number.MAX_SAFE_INTEGER },
  claude: { sent: 5, made: 20 },
  stranger: { sent: 3, made: 20 },
}

/** Attempts without a person beyond the limit are collected into one message an hour. */
export const unattended = { gathersMs: 5 * 60_000, everyMs: 3600_000 } as const

/** How many attempts without a person are reviewed at once; the rest go to the combined message. */
export const mostReviewed = 10

/** How long an attempt may take, and when another instance may take over from one that died. */
export const attemptMs = 20_000
export const leaseMs = 60_000

const second = 1000
const minute = 60 * second

/** Delays between a failed attempt and the next; none after the last. */
const retryAfterMs: readonly number[] = [30 * second, 2 * minute, 10 * minute, 60 * minute]

/**
 * The delay before a retry, in milliseconds.
 *
 * @param attempts made so far
 * @returns `null` when there are no more retries
 */
export const retryIn = (attempts: number): number | null => retryAfterMs[attempts - 1] ?? null
