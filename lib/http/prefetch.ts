import { noStore } from './responses'

/** Whether a browser prefetches (RFC 9110 §9.2.1 does not promise that GET has no effects). */
export const isPrefetch = ({ headers }: Request): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview|prerender/i.test(headers.get(name) ?? ''),
  )

/** Makes a prefetching browser come back when the person really opens the page. */
export const notYet = (): Response => new Response(null, { status: 503, headers: noStore })
