import 'server-only'
import { BodyTooLargeError } from '@/lib/http/body-limit'
import { corsHeaders, preflightHeaders } from '@/lib/http/cors'
import { htmlPage, wantsHtml } from '@/lib/http/page'
import { refusalResponse, tooLarge } from '@/lib/http/refusal'
import { json, noStore, withoutBody } from '@/lib/http/responses'
import { ThrottledError } from '@/lib/http/throttle'
import { retryAfterSeconds, unavailableResponse, unavailableWords } from '@/lib/http/unavailable'
import { OAuthError } from '@/lib/oauth/errors'
import { reasonWords } from '@/lib/reasons'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { emit, hasListeners } from '@/lib/recorder/signals'
import { isDatabaseError, isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { started } from '@/lib/runtime/start-gate'
import { suspectOutage } from '@/lib/store/database/availability'
import type { Role } from '@/lib/vocabulary'

/** The signed-in person, for endpoints that need one; the route reads it through lib/auth. */
export type SignedInPerson = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: Role
}

/** An exchange, and who is signed in. */
export type Visit = Exchange & { readonly signedIn: SignedInPerson | null }

/** A visit of someone who is signed in. */
export type PersonalVisit = Visit & { readonly signedIn: SignedInPerson }

export const isPersonal = (visit: Visit): visit is PersonalVisit => visit.signedIn !== null

/** Answers one request; {@link endpoint} turns what it throws into an answer. */
export type Handler = (request: Request, visit: Visit) => Promise<Response> | Response

/** The options of an endpoint. */
export type EndpointOptions = {
  readonly methods: Readonly<Record<string, Handler>>
  /** whether browser-based clients of any origin may call it */
  readonly cors: boolean
  /** records a refusal as the endpoint's own event */
  readonly refused?: (error: OAuthError, exchange: Exchange) => void
  /** the answer while the database is away, unless that of OAuth or a page will do */
  readonly unavailable?: (text: string) => Response
}

/** An endpoint that ignores who is signed in. */
export type RequestHandler = (request: Request) => Promise<Response>

/** RFC 6749 §5.2; `WWW-Authenticate` only for a client that tried the Authorization header. */
function errorResponse(error: OAuthError, request: Request): Response {
  const challenge: Record<string, string> =
    error.code === 'invalid_client' && request.headers.has('authorization')
      ? { 'WWW-Authenticate': 'Basic realm="token endpoint"' }
      : {}
  return json({ error: error.code, error_description: error.description }, error.status, {
    ...noStore,
    ...challenge,
  })
}

/** RFC 6585 §4: a page for a person, an OAuth error for a client. */
function throttled(error: ThrottledError, request: Request, exchange: Exchange): Response {
  const { budget, retryAfter } = error
  record(exchange, 'request.throttled', 429, { reason: { kind: budget }, retryAfter })
  const what = reasonWords({ kind: budget })
  const message = `too many ${what}; wait ${retryAfter} s`
  const response = wantsHtml(request)
    ? htmlPage(
        {
          title: 'One moment, please',
          message: `Too many requests to this server (${what}).`,
          next: `Wait ${retryAfter} seconds, then go back to the app and try again.`,
          facts: { request: exchange.requestId },
        },
        429,
      )
    : json({ error: 'temporarily_unavailable', error_description: message }, 429, noStore)
  response.headers.set('Retry-After', String(retryAfter))
  return response
}

/** The database does not answer: nobody's mistake, and it may be back in a moment. */
function unavailable(
  error: unknown,
  request: Request,
  exchange: Exchange,
  own: EndpointOptions['unavailable'],
): Response {
  suspectOutage(error)
  record(exchange, 'request.unavailable', 503, { reason: { kind: 'database-away' } })
  const response = own?.(unavailableWords.text) ?? unavailableResponse(request)
  response.headers.set('Retry-After', String(retryAfterSeconds))
  return response
}

/** RFC 9110 §15.5.14; a Node host answers this before the request gets here. */
function oversized({ limit }: BodyTooLargeError, request: Request, exchange: Exchange): Response {
  record(exchange, 'request.refused', 413, { reason: { kind: 'request-body' }, limit })
  return refusalResponse({ path: exchange.path, headers: request.headers }, tooLarge(limit))
}

function failure(error: unknown, exchange: Exchange): Response {
  const message = error instanceof Error ? error.message : String(error)
  logError(`${exchange.method} ${exchange.path} failed:`, error)
  // the message may name a host or a file: only operators may see it
  const database = isDatabaseError(error)
  record(exchange, 'exchange.failed', 500, { message, ...(database ? { database } : {}) })
  const body = { error: 'server_error', error_description: 'unexpected fault; see the log' }
  return json(body, 500, noStore)
}

/** Reports to subscribers that an answer was sent. */
function reportEnded(endpoint: string, exchange: Exchange, status: number): void {
  if (!hasListeners('exchange')) return
  const durationMs = performance.now() - exchange.startedMs
  emit('exchange', { endpoint, exchange, status, durationMs, mcp: null })
}

function methodRefused(exchange: Exchange, allow: string): Response {
  record(exchange, 'method.refused', 405, { allow })
  const body = { error: 'invalid_request', error_description: `method must be one of ${allow}` }
  return json(body, 405, { Allow: allow })
}

function preflight(request: Request, exchange: Exchange, allow: readonly string[]): Response {
  record(exchange, 'preflight.answered', 204, {
    origin: request.headers.get('origin') ?? undefined,
    requested: request.headers.get('access-control-request-method') ?? undefined,
  })
  return new Response(null, { status: 204, headers: preflightHeaders(allow) })
}

/**
 * Wraps a use case: opens its exchange, answers HEAD, OPTIONS and unknown methods, turns any error into
 * the protocol's own shape, and makes sure that every exchange leaves an event.
 *
 * @param name of the endpoint, for an exchange that recorded nothing else
 */
export function personalEndpoint(name: string, options: EndpointOptions) {
  const { methods, refused } = options
  const allow = [...Object.keys(methods), ...(methods.GET ? ['HEAD'] : []), 'OPTIONS']
  const cors = options.cors ? corsHeaders : {}

  async function answer(request: Request, exchange: Visit): Promise<Response> {
    if (request.method === 'OPTIONS' && options.cors) return preflight(request, exchange, allow)
    if (request.method === 'OPTIONS') {
      record(exchange, 'exchange.answered', 204, { endpoint: name })
      return new Response(null, { status: 204, headers: { Allow: allow.join(', ') } })
    }
    const handler = methods[request.method === 'HEAD' ? 'GET' : request.method]
    if (!handler) return methodRefused(exchange, allow.join(', '))
    try {
      await started()
      return await handler(request, exchange)
    } catch (error) {
      if (error instanceof BodyTooLargeError) return oversized(error, request, exchange)
      if (error instanceof ThrottledError) return throttled(error, request, exchange)
      if (isUnavailable(error)) return unavailable(error, request, exchange, options.unavailable)
      if (!(error instanceof OAuthError)) return failure(error, exchange)
      refused?.(error, exchange)
      return errorResponse(error, request)
    }
  }

  return async (request: Request, signedIn: SignedInPerson | null): Promise<Response> => {
    const { method, url, headers } = request
    const arrival = { method, path: new URL(url).pathname, headers }
    const exchange = Object.assign(openExchange(arrival), { signedIn })
    const response = await answer(request, exchange)
    if (exchange.recorded === 0)
      record(exchange, 'exchange.answered', response.status, { endpoint: name })
    if (!exchange.endsLater) reportEnded(name, exchange, response.status)
    for (const [header, value] of Object.entries(cors)) response.headers.set(header, value)
    return request.method === 'HEAD' ? withoutBody(response) : response
  }
}

/**
 * {@link personalEndpoint} without a person. It takes only the request: Next calls a route with a
 * second argument, which must never be taken for a person.
 */
export function endpoint(name: string, options: EndpointOptions): RequestHandler {
  const serve = personalEndpoint(name, options)
  return (request) => serve(request, null)
}
