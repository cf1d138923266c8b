import 'server-only'
import { type IncomingHttpHeaders, type IncomingMessage, STATUS_CODES } from 'node:http'
import { isStrict, strictTransport } from '@/lib/cli/transport.mjs'
import { env } from '@/lib/config/env'
import { bodyLimit, defaultLimit } from '@/lib/http/body-limit'
import { defaultHeaders } from '@/lib/http/default-headers'
import { type Refusal, refusalResponse, tooLarge } from '@/lib/http/refusal'
import type { PlainReasonKind } from '@/lib/reasons'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { isUnreadableCall } from './action-arguments'
import { headersOf, pathOf, type Written, written } from './written'

/**
 * Refuses requests that Next, a form or an endpoint would fail at, before anything handles them. One
 * place for all paths.
 */

/** The reason in the log; a method and a form have their own events. */
type Why = Extract<PlainReasonKind, `request-${string}`> | 'method' | 'form'
export type Refusing = Refusal & { readonly why: Why; readonly limit?: number }

/** The methods that the routes of app/ export. */
export const methods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])
const allow = [...methods].join(', ')

/** Browsers send about thirty, and proxies add a few. */
const mostHeaders = 200

/** RFC 9112 §3.2.1: a path, without characters that some parsers take for part of a host. */
const isPath = (target: string): boolean => /^\/[^#?\\]*(\?[^#]*)?$/.test(target)

const refusal = (
  status: Refusal['status'],
  why: Why,
  text: string,
  headers?: Refusal['headers'],
): Refusing => ({
  status,
  why,
  text,
  title: 'This request cannot be answered',
  ...(headers ? { headers } : {}),
})

/** The body exceeds the limit of its path (RFC 9110 §15.5.14). */
export const refuseBody = (path: string): Refusing => {
  const limit = bodyLimit(path)
  return { ...tooLarge(limit), why: 'request-body', limit }
}

/** The body is too slow and its slot is needed (RFC 9110 §15.5.9). */
export const refuseSlow = (): Refusing =>
  refusal(408, 'request-slow', 'the body did not come in time', { Connection: 'close' })

/** Refuses a server action whose arguments Next cannot read. */
export const refusalOfCall = ({ headers }: IncomingMessage, body: Buffer): Refusing | null =>
  isUnreadableCall(headers, body)
    ? refusal(400, 'request-not-readable', 'the arguments are not readable')
    : null

/** The queue of pages is full (RFC 9110 §15.6.4). */
export const refuseBusy = (): Refusing =>
  refusal(503, 'request-busy', 'too many pages are asked for just now', { 'Retry-After': '5' })

/**
 * The path of a request target. A server must accept the absolute form of its own address
 * (RFC 9112 §3.2.2).
 *
 * @returns `null` if the target is not on this server
 */
export function targetPath(target: string): string | null {
  if (isPath(target)) return target
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null
  const { origin, username, password, pathname, search } = new URL(target)
  if (username || password || target.includes('#') || target.includes('\\')) return null
  return origin === env().origin ? `${pathname}${search}` : null
}

/** Why a request is refused by its request line and headers alone, or `null`. */
export function refusalOf(request: IncomingMessage): Refusing | null {
  const { method = 'GET', url = '/', headers, rawHeaders, httpVersion } = request
  if (!isPath(url)) return refusal(400, 'request-target', 'the request target must be a path')
  if (!methods.has(method)) {
    return refusal(405, 'method', `the method must be one of ${allow}`, { Allow: allow })
  }
  // RFC 9112 §3.2
  if (headers.host === undefined && httpVersion === '1.1') {
    return refusal(400, 'request-headers', 'a request of HTTP/1.1 has a Host')
  }
  if (rawHeaders.length > 2 * mostHeaders) {
    return refusal(431, 'request-headers', `there are more than ${mostHeaders} header fields`)
  }
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect)) {
    return refusal(417, 'request-expectation', 'only "100-continue" may be expected')
  }
  const path = pathOf(url)
  // endpoints with a larger limit authenticate first, so that a client without a token gets its 401
  const isCountedHere = bodyLimit(path) === defaultLimit
  return isCountedHere && Number(headers['content-length'] ?? 0) > defaultLimit
    ? refuseBody(path)
    : null
}

const isForm = (headers: IncomingHttpHeaders): boolean =>
  headers['next-action'] !== undefined ||
  /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')

/**
 * Why a form for Next is refused, or `null`: it comes from another origin than the configured one
 * (RFC 9700 §4.7). Next refuses it too, but with an unexplained and unrecorded 500; and the usual cause is
 * opening the dashboard at another address than `PORTICO_URL`. A request without `Origin` is not from a
 * browser.
 */
export function refusalOfForm({ method, headers }: IncomingMessage): Refusing | null {
  const { origin: own } = env()
  const { origin } = headers
  if (method !== 'POST' || origin === undefined || origin === own || !isForm(headers)) return null
  const text = `This form came from ${origin}, and this server is set to ${own} (PORTICO_URL): open it there.`
  return { status: 403, why: 'form', title: 'This form came from elsewhere', text }
}

function note(arrival: Parameters<typeof openExchange>[0], refused: Refusing): void {
  const { why, status, limit } = refused
  const exchange = openExchange(arrival)
  if (why === 'method') record(exchange, 'method.refused', status, { allow })
  else if (why === 'form') {
    const origin = arrival.headers.get('origin') ?? ''
    record(exchange, 'form.refused', status, { reason: { kind: 'foreign-form' }, origin })
  } else record(exchange, 'request.refused', status, { reason: { kind: why }, limit })
}

/** Records a refusal and returns the response. */
export function refusalAnswer(request: IncomingMessage, refused: Refusing): Promise<Written> {
  const { method = 'GET', url = '/' } = request
  const headers = headersOf(request)
  const path = pathOf(url)
  note({ method, path, headers }, refused)
  return written(refusalResponse({ path, headers }, refused))
}

/** The refusals for errors of Node's HTTP parser. */
const faults: Readonly<Record<string, Refusing>> = {
  HPE_HEADER_OVERFLOW: refusal(431, 'request-headers', 'the header fields are larger than 16 KiB'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: refusal(413, 'request-body', 'the chunk extensions are too large'),
  ERR_HTTP_REQUEST_TIMEOUT: refusal(408, 'request-slow', 'the request did not come in time'),
  CONNECT: refusal(405, 'method', `the method must be one of ${allow}`, { Allow: allow }),
}
const notHttp = refusal(400, 'request-not-http', 'this is no request of HTTP/1.1')

/**
 * Records an unparsable request or a `CONNECT`, and returns the raw response.
 *
 * @param code of Node's error, or `CONNECT`
 * @param sender the peer address of the connection
 */
export function brokenAnswer(code: string, sender: string): string {
  const refused = faults[code] ?? notHttp
  const method = code === 'CONNECT' ? code : 'HTTP'
  note({ method, path: '*', headers: new Headers({ 'x-forwarded-for': sender }) }, refused)
  const { status, text } = refused
  const headers = {
    ...defaultHeaders,
    ...refused.headers,
    ...(isStrict(env().origin) ? { [strictTransport.key]: strictTransport.value } : {}),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(text.length + 1),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}\n`
}
