import 'server-only'
import type { IncomingMessage } from 'node:http'
import { isStrict, strictTransport } from '@/lib/cli/transport.mjs'
import { env } from '@/lib/config/env'
import { bodyLimit, defaultLimit } from '@/lib/http/body-limit'
import { defaultHeaders } from '@/lib/http/default-headers'
import { type Refusal, refusalResponse, tooLarge } from '@/lib/http/refusal'
import type { PlainReasonKind } from '@/lib/reasons'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { isUnreadableCall } from './action-arguments'
import { refuseForm } from './form-origin'

/**
 * What is refused before anything of a request is read, and how: whatever Next, a form or an endpoint
 * would fail at. One place for every path.
 */

/** An answer that is ready to be written. */
export type Written = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why, as the log has it; a method and a form have events of their own. */
type Why = Extract<PlainReasonKind, `request-${string}`> | 'method' | 'form'
export type Refusing = Refusal & { readonly why: Why; readonly limit?: number }

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const known = new Set(methods)
const allow = methods.join(', ')

/** Browsers send about thirty, and proxies add some. */
const mostHeaders = 200

/** RFC 9112 §3.2.1: a path, and nothing in it that some read as a path and others as a host. */
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

/** Beyond the limit of its path (RFC 9110 §15.5.14). */
export const refuseBody = (path: string): Refusing => {
  const limit = bodyLimit(path)
  return { ...tooLarge(limit), why: 'request-body', limit }
}

/** So slow that its place is needed (RFC 9110 §15.5.9). */
export const refuseSlow = (): Refusing =>
  refusal(408, 'request-slow', 'the body did not come in time', { Connection: 'close' })

/** What Next would call an action with, and it could not look at. */
export const refusalOfCall = ({ headers }: IncomingMessage, body: Buffer): Refusing | null =>
  isUnreadableCall(headers, body)
    ? refusal(400, 'request-not-readable', 'the arguments are not readable')
    : null

/** So many pages are asked for that one more would wait too long (RFC 9110 §15.6.4). */
export const refuseBusy = (): Refusing =>
  refusal(503, 'request-busy', 'too many pages are asked for just now', { 'Retry-After': '5' })

/** The path of a target as it arrived; of one that is none, nothing that might be secret. */
const pathOf = (target: string): string =>
  target.startsWith('/') ? (target.split('?', 1)[0] ?? '/') : '*'

/**
 * The path that a request's target stands for: RFC 9112 §3.2.2 has every server take the absolute form
 * of its own address.
 *
 * @returns `null` where it is none of this server
 */
export function targetPath(target: string): string | null {
  if (isPath(target)) return target
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null
  const { origin, username, password, pathname, search } = new URL(target)
  if (username || password || target.includes('#') || target.includes('\\')) return null
  return origin === env().origin ? `${pathname}${search}` : null
}

/** Why a request is refused by its first line and headers alone, or `null`. */
export function refusalOf(request: IncomingMessage): Refusing | null {
  const { method = 'GET', url = '/', headers, rawHeaders, httpVersion } = request
  if (!isPath(url)) return refusal(400, 'request-target', 'the request target must be a path')
  if (!known.has(method)) {
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
  // an endpoint that takes more asks first who it is of: a client without a token is to learn that
  const isCountedHere = bodyLimit(path) === defaultLimit
  return isCountedHere && Number(headers['content-length'] ?? 0) > defaultLimit
    ? refuseBody(path)
    : null
}

/** Why a request that Next answers is refused as a form of elsewhere, or `null`. */
export function refusalOfForm({
  method = 'GET',
  url = '/',
  headers,
}: IncomingMessage): Refusing | null {
  const text = refuseForm(method, pathOf(url), headers)
  const title = 'This form came from elsewhere'
  return text === null ? null : { status: 403, why: 'form', title, text }
}

function headersOf({ headers }: Pick<IncomingMessage, 'headers'>): Headers {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  return new Headers(pairs.filter(([name]) => !name.startsWith(':')) as [string, string][])
}

function note(arrival: Parameters<typeof openExchange>[0], refused: Refusing): void {
  const { why, status, limit } = refused
  if (why === 'form') return
  const exchange = openExchange(arrival, env().proxyHops)
  if (why === 'method') record(exchange, 'method.refused', status, { allow })
  else record(exchange, 'request.refused', status, { reason: { kind: why }, limit })
}

/** Records a refusal and says what to answer. */
export async function refusalAnswer(request: IncomingMessage, refused: Refusing): Promise<Written> {
  const { method = 'GET', url = '/' } = request
  const headers = headersOf(request)
  const path = pathOf(url)
  note({ method, path, headers }, refused)
  const response = refusalResponse({ path, headers }, refused)
  for (const name in defaultHeaders) response.headers.set(name, defaultHeaders[name] ?? '')
  const body = await response.text()
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
}

/** What Node's parser gave up at, and what that is. */
const faults: Readonly<Record<string, Refusing>> = {
  HPE_HEADER_OVERFLOW: refusal(431, 'request-headers', 'the header fields are larger than 16 KiB'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: refusal(413, 'request-body', 'the chunk extensions are too large'),
  ERR_HTTP_REQUEST_TIMEOUT: refusal(408, 'request-slow', 'the request did not come in time'),
  CONNECT: refusal(405, 'method', `the method must be one of ${allow}`, { Allow: allow }),
}
const notHttp = refusal(400, 'request-not-http', 'this is no request of HTTP/1.1')

/**
 * Records what never became a request, or asks for a tunnel, and says what to answer, byte for byte.
 *
 * @param code of Node's error, or `CONNECT`
 * @param sender the address at the other end of the connection
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
  return `HTTP/1.1 ${status} ${phrases[status] ?? ''}\r\n${lines.join('')}\r\n${text}\n`
}
