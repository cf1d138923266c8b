import { processWide } from '@/lib/process-wide'

/**
 * The work a process must do before it answers. A host does it before it listens. A function does it
 * with the first request that needs it, and again with the next one if it failed: a function that
 * exits instead of answering returns no error at all.
 */
type Gate = { start: (() => Promise<void>) | null; started: Promise<void> | null }

const gate = processWide('start-gate', (): Gate => ({ start: null, started: null }))

/** Leaves the start to the first request that waits for {@link started}. */
export function startWithFirstRequest(start: () => Promise<void>): void {
  gate.start = start
}

/**
 * Resolves when this process has started.
 *
 * @throws what the start threw; the next caller starts it again
 */
export async function started(): Promise<void> {
  if (!gate.start) return
  gate.started ??= gate.start().catch((error) => {
    gate.started = null
    throw error
  })
  await gate.started
}
