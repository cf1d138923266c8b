/** The abort reason when the time is up. */
class TimeLimit extends Error {
  override name = 'TimeLimit'
}

/**
 * Runs work with a time limit. Its signal aborts when the time is up or the caller cancels; the result
 * of work that ignores the signal is dropped.
 *
 * @param cancelled aborts when the caller cancels
 * @returns what the work returned, or what interrupted it
 */
export async function withinTime<Result>(
  milliseconds: number,
  cancelled: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<{ readonly done: Result } | { readonly interrupted: 'cancelled' | 'timed out' }> {
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
    // an error thrown after the abort is a consequence of it
    if (!signal.aborted) throw error
    return { interrupted: signal.reason instanceof TimeLimit ? 'timed out' : 'cancelled' }
  } finally {
    clearTimeout(timer)
    cancelled.removeEventListener('abort', cancel)
  }
}
