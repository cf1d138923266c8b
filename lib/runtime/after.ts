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
  const done = work().catch((error) => console.error('after the answer:', error))
  requestContext()?.waitUntil?.(done)
}
