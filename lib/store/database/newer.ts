import { migrations } from '@/lib/store/generated/migrations'

/** Thrown when data was written by a release with migrations that this one does not know. */
export class NewerDataError extends Error {
  override name = 'NewerDataError'
}

/**
 * Refuses data of a newer release: this one would misread it, or write what that one misreads.
 *
 * @param applied names of the data's migrations
 * @param what the data is called in the message
 * @throws {NewerDataError}
 */
export function refuseNewer(applied: Iterable<string>, what: string): void {
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...applied].filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new NewerDataError(
    `${what} was written by a newer release of Portico (this one does not know ${unknown.join(', ')}): use that release or a later one, or a backup from before`,
  )
}
