import { AsyncResource } from 'node:async_hooks'
import { logError } from '@/lib/runtime/log'

/** What Next's hosts provide for work that outlives an answer (Next, "after", "waitUntil"). */
type RequestContext = { get(): { waitUntil?: (work: Promise<unknown>) => void } | undefined }

const contextKey = Symbol.for('@next/request-context')

const requestContext = () => (globalThis as { [contextKey]?: RequestContext })[contextKey]?.get()

/**
 * Runs work that may outlive the answer. A function is frozen milliseconds after it has answered, so
 * the platform is asked to wait; a long-running host just runs it.
 *
 * @param work starts at once; its errors are logged
 */
export function afterAnswer(work: () => Promise<unknown>): void {
  const done = work().catch((error) => logError('after the answer:', error))
  requestContext()?.waitUntil?.(done)
}

/**
 * Binds a callback to the current request, so that the platform still knows it when a body has been
 * read, possibly from elsewhere.
 */
export const inThisRequest = <Args extends unknown[]>(
  callback: (...args: Args) => void,
): ((...args: Args) => void) => (requestContext() ? AsyncResource.bind(callback) : callback)
