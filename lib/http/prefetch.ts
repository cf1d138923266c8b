import { noStore } from './responses'

/**
 * Whether a browser fetches ahead of the person (RFC 9110 §9.2.1 makes no promise that GET is free of
 * effects).
 */
export const isPrefetch = ({ headers }: Request): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview|prerender/i.test(headers.get(name) ?? ''),
  )

/** Tells such a browser to come back when somebody really goes there. */
export const notYet = (): Response => new Response(null, { status: 503, headers: noStore })
