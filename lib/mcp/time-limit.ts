/** What ended work before it was done. */
export type Interruption = 'cancelled' | 'timed out'

/** The reason of a signal that was aborted because the time was up. */
class TimeLimit extends Error {
  override name = 'TimeLimit'
}

/**
 * Runs work that may take so long and no longer. Its signal is aborted when the time is up or the
 * caller gives up; work that does not listen is left behind and its outcome dropped.
 *
 * @param cancelled aborts when the caller gives up
 * @returns what the work returned, or what interrupted it
 */
export async function withinTime<Result>(
  milliseconds: number,
  cancelled: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<{ readonly done: Result } | { readonly interrupted: Interruption }> {
  if (cancelled.aborted) return { interrupted: 'cancelled' }
  const ending = new AbortController()
  const { signal } = ending
  const cancel = () => ending.abort(cancelled.reason)
  cancelled.addEventListener('abort', cancel, { once: true })
  const timer = setTimeout(() => ending.abort(new TimeLimit('the time is up')), milliseconds)
  const interruption = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    return { done: await Promise.race([work(signal), interruption]) }
  } catch (error) {
    // whatever work throws when it is stopped is only the stop
    if (!signal.aborted) throw error
    return { interrupted: signal.reason instanceof TimeLimit ? 'timed out' : 'cancelled' }
  } finally {
    clearTimeout(timer)
    cancelled.removeEventListener('abort', cancel)
  }
}
