import { BodyTooLargeError } from './body-limit'
import { htmlPage, wantsHtml } from './page'
import { json, noStore } from './responses'

/** Why a request is refused, in words for its sender. */
export type Refusal = {
  readonly status: 400 | 403 | 405 | 408 | 413 | 417 | 431 | 503
  readonly title: string
  /** a sentence without its full stop */
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** RFC 9110 §15.5.14. */
export const tooLarge = (limit: number): Refusal => ({
  status: 413,
  title: 'This request is too large',
  text: new BodyTooLargeError(limit).message,
})

const isMcp = (path: string): boolean => /^\/mcp\/?$/.test(path)

/** JSON-RPC 2.0 §5.1: "Invalid Request". */
const rpc = ({ status, text }: Refusal): Response =>
  Response.json(
    { jsonrpc: '2.0', error: { code: -32600, message: text }, id: null },
    { status, headers: noStore },
  )

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const page = ({ status, title, text }: Refusal): Response =>
  htmlPage(
    { title, message: sentence(text), next: 'Nothing was changed. Go back and try again.' },
    status,
  )

/** RFC 7591 §3.2.2 has its own error code. */
const codeFor = (path: string): string =>
  /^\/register\/?$/.test(path) ? 'invalid_client_metadata' : 'invalid_request'

/**
 * A refusal in the form the request expects: JSON-RPC for MCP, a page for a person, plain text for a
 * server action (Next shows it), otherwise an OAuth error (RFC 6749 §5.2).
 */
export function refusalResponse(
  request: { readonly path: string; readonly headers: Headers },
  refusal: Refusal,
): Response {
  const { path, headers } = request
  const { status, text } = refusal
  const response = isMcp(path)
    ? rpc(refusal)
    : headers.has('next-action')
      ? new Response(sentence(text), {
          status,
          headers: { 'Content-Type': 'text/plain; charset=utf-8', ...noStore },
        })
      : wantsHtml(request)
        ? page(refusal)
        : json({ error: codeFor(path), error_description: text }, status, noStore)
  for (const [name, value] of Object.entries(refusal.headers ?? {}))
    response.headers.set(name, value)
  return response
}
