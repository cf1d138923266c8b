import { setTimeout as sleep } from 'node:timers/promises'
import { isConflict } from '@/lib/runtime/database-errors'

/** So often is a statement tried, and so long is waited before the next time, in milliseconds, at most. */
const tries = 6
const pauseMs = 20

/**
 * Does again what PostgreSQL has undone since somebody else did something at the same time: a single
 * statement, where the database makes each serializable or repeatable by default. What is in a transaction
 * is not to be done again alone.
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
