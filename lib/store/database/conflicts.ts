import { setTimeout as sleep } from 'node:timers/promises'
import { isConflict } from '@/lib/runtime/database-errors'

/** How often a statement is tried, and the longest pause before the next try, in milliseconds. */
const tries = 6
const pauseMs = 20

/**
 * Retries a single statement that PostgreSQL rolled back because of a concurrent change, where the database
 * makes statements serializable or repeatable read by default. A statement in a transaction must not be
 * retried alone.
 */
export async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === tries || !isConflict(error)) throw error
      await sleep(Math.random() * pauseMs * attempt)
    }
  }
}
