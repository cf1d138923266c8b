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
  let end: (reason: unknown) => void = () => undefined
  // not by a listener: what hangs on a signal lives as long as it, which Node keeps past its use
  const interruption = new Promise<never>((_, reject) => {
    end = (reason) => {
      reject(reason)
      ending.abort(reason)
    }
  })
  const cancel = () => end(cancelled.reason)
  cancelled.addEventListener('abort', cancel, { once: true })
  const timer = setTimeout(() => end(new TimeLimit('the time is up')), milliseconds)
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
