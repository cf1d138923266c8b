import { AsyncResource } from 'node:async_hooks'
import { logError } from '@/lib/runtime/log'

/** What Next's hosts provide for work that outlives an answer (Next, "after", "waitUntil"). */
type RequestContext = { get(): { waitUntil?: (work: Promise<unknown>) => void } | undefined }

const contextKey = Symbol.for('@next/request-context')

const requestContext = () => (globalThis as { [contextKey]?: RequestContext })[contextKey]?.get()

/**
 * Does something beside the answer. A function is frozen milliseconds after it has answered: the
 * platform is asked to wait for this. On a host that stays it simply runs.
 *
 * @param work begins at once; an error of it is printed
 */
export function afterAnswer(work: () => Promise<unknown>): void {
  const done = work().catch((error) => logError('after the answer:', error))
  requestContext()?.waitUntil?.(done)
}

/**
 * A callback that the platform still knows the request of, for what is called when a body has gone by:
 * whoever reads it may do so from elsewhere.
 */
export const inThisRequest = <Args extends unknown[]>(
  callback: (...args: Args) => void,
): ((...args: Args) => void) => (requestContext() ? AsyncResource.bind(callback) : callback)
