import 'server-only'
import { htmlPage, wantsHtml } from './page'
import { json, noStore } from './responses'

/** When clients should retry: the database is checked twice a second. */
export const retryAfterSeconds = 2

/** What clients get while the database is away. */
export const unavailableWords = {
  code: 'temporarily_unavailable',
  text: 'the database does not answer at present; try again in a few seconds',
} as const

/** A GET page reloads by itself; a form is never sent twice. */
const page = (method: string): Response =>
  htmlPage(
    {
      title: 'One moment, please',
      message: 'The database of this server does not answer at present.',
      next:
        method === 'GET'
          ? 'This page tries again by itself every few seconds.'
          : 'Nothing was changed. Go back and try again in a few seconds.',
      ...(method === 'GET' ? { retryAfter: retryAfterSeconds } : {}),
    },
    503,
  )

/**
 * The 503 while the database is away: a page for a person, plain text for a server action (Next shows
 * it), an OAuth error for a client (RFC 6749 §4.1.2.1).
 */
export function unavailableResponse(request: {
  readonly method: string
  readonly headers: Headers
}): Response {
  const { code, text } = unavailableWords
  const response = request.headers.has('next-action')
    ? new Response(`Nothing was changed: ${text}.`, {
        status: 503,
        headers: { 'Content-Type': 'text/plain', ...noStore },
      })
    : wantsHtml(request)
      ? page(request.method)
      : json({ error: code, error_description: text }, 503, noStore)
  response.headers.set('Retry-After', String(retryAfterSeconds))
  return response
}
