/** RFC 6749 §5.1: an answer with credentials is never cached. */
export const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const

export const json = (
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  })

/** A 303, so that a form's POST is never repeated at the target (RFC 9700 §4.12). */
export const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { Location: location, ...noStore } })

/** An answer without its body, for HEAD. */
export function withoutBody(response: Response): Response {
  void response.body?.cancel()
  return new Response(null, { status: response.status, headers: response.headers })
}

/** Whether a browser prefetches (RFC 9110 §9.2.1 does not promise that GET has no effects). */
export const isPrefetch = ({ headers }: Request): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview|prerender/i.test(headers.get(name) ?? ''),
  )

/** Makes a prefetching browser come back when the person really opens the page. */
export const notYet = (): Response => new Response(null, { status: 503, headers: noStore })
