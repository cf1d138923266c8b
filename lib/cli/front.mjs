import { getRequestListener } from '@hono/node-server'
import { drainBody, endUnread, hasBody, readBody, replayed } from './body.mjs'
import { askForBody } from './connections.mjs'
import { isOwn, makeDecodable, markOwn, settleOrigin } from './next-request.mjs'
import { appendSender } from './sender.mjs'
import { application } from './shutdown.mjs'
import { serially } from './turns.mjs'

/**
 * @import { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
 * @import { Refusing } from '../server/entrance.ts'
 * @import { Application } from './shutdown.mjs'
 */

/** @param {IncomingMessage} incoming */
const pathOf = ({ url = '/' }) => url.split('?', 1)[0] ?? '/'

/** @param {IncomingMessage} incoming */
const endpointFor = (incoming) =>
  application()?.endpointAt(incoming.method ?? 'GET', pathOf(incoming)) ?? null

/**
 * Sets the headers as Next passes them: repeated ones joined by Node, with later additions. The `Host`
 * has no effect here, so an invalid one must not cause a failure.
 *
 * @param {IncomingMessage} incoming
 */
function settleHeaders(incoming) {
  incoming.rawHeaders = Object.entries(incoming.headers).flatMap(([name, value = '']) =>
    typeof value === 'string' ? [name, value] : value.flatMap((one) => [name, one]),
  )
  incoming.headers.host = 'localhost'
}

const answer = getRequestListener(
  (request, { incoming }) => {
    const endpoint = endpointFor(/** @type {IncomingMessage} */ (incoming))
    return endpoint ? endpoint(request) : new Response(null, { status: 404 })
  },
  { overrideGlobalObjects: false },
)

/** The answers until the application has started: alive, not ready. */
const earlyAnswers = new Map([
  ['/healthz', { status: 200, body: { status: 'ok' } }],
  ['/readyz', { status: 503, body: { status: 'starting', checks: { server: 'starting' } } }],
])

/**
 * Answers a health check while the application starts; every other request waits for it.
 *
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @returns {boolean} whether it was answered
 */
function answerEarly(request, response) {
  const { method } = request
  const early = application() ? undefined : earlyAnswers.get(pathOf(request))
  if (!early || (method !== 'GET' && method !== 'HEAD')) return false
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  response.writeHead(early.status, headers)
  response.end(method === 'HEAD' ? undefined : JSON.stringify(early.body))
  return true
}

/**
 * The first handler of every request: notes how it arrived, then sanitises its path and forwarding
 * headers.
 *
 * @param {RequestListener} handle may become available after the first requests
 * @returns {RequestListener}
 */
export const received = (handle) =>
  serially((request, response) => {
    if (answerEarly(request, response)) return
    if (!isOwn(request)) {
      application()?.notice(request.headers, pathOf(request))
      appendSender(request)
    }
    makeDecodable(request)
    return handle(request, response)
  })

/**
 * Refuses a request. Discards the rest of its body for a moment, because a client that is cut off while
 * sending loses the answer.
 *
 * @param {Application} app
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Refusing} refusing
 */
async function refuse(app, request, response, refusing) {
  const { status, headers, body } = await app.refusalAnswer(request, refusing)
  const isWhole = request.complete || !hasBody(request)
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    ...(isWhole ? {} : { connection: 'close' }),
  })
  const shown = request.method === 'HEAD' ? '' : body
  if (isWhole) return void response.end(shown)
  response.flushHeaders()
  response.write(shown)
  drainBody(request, () => response.end())
}

/**
 * A request with its complete body, within the limit.
 *
 * @param {Application} app
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @returns {Promise<IncomingMessage | null>} `null` if it was refused, or the client disconnected
 */
async function withBody(app, request, response) {
  if (!hasBody(request)) return request
  const path = pathOf(request)
  askForBody(request, response)
  const body = await readBody(request, app.bodyLimit(path))
  if (body === 'gone') return null
  if (typeof body === 'string') {
    await refuse(app, request, response, body === 'slow' ? app.refuseSlow() : app.refuseBody(path))
    return null
  }
  const refusing = app.refusalOfCall(request, body)
  if (!refusing) return replayed(request, body)
  await refuse(app, request, response, refusing)
  return null
}

/**
 * Whether the body is read before the endpoint runs. An endpoint with a larger limit reads it itself,
 * after authentication.
 *
 * @param {Application} app
 * @param {IncomingMessage} request
 */
const isReadFirst = (app, request) => app.bodyLimit(pathOf(request)) === app.bodyLimit('/')

/** @param {Application} app @param {IncomingMessage} request @param {ServerResponse} response */
async function answerItself(app, request, response) {
  const arrivedMs = performance.now()
  const whole = isReadFirst(app, request) ? await withBody(app, request, response) : request
  if (!whole) return
  askForBody(request, response)
  settleHeaders(whole)
  return app.inScope(() => answer(whole, response), arrivedMs)
}

/** @param {ServerResponse} response @param {string} location */
const redirect = (response, location) =>
  void response.writeHead(303, { location, 'cache-control': 'no-store' }).end()

/**
 * Serves clients' endpoints directly and everything else with Next, which gets the configured origin
 * instead of the request's. Validates a request before either runs; Next gets only complete bodies.
 *
 * @param {RequestListener} next
 * @param {boolean} isDev whether Next serves the endpoints too: only Next reloads changed ones
 * @returns {RequestListener}
 */
export const inFrontOf = (next, isDev) => async (request, response) => {
  const app = application()
  if (!app) return next(request, response)
  request.url = app.targetPath(request.url ?? '/') ?? request.url
  const refusing = app.refusalOf(request)
  if (refusing) return refuse(app, request, response, refusing)
  endUnread(request, response)
  if (endpointFor(request)) {
    return isDev ? next(request, response) : answerItself(app, request, response)
  }
  const moved = app.presentAddress(request)
  if (moved) return redirect(response, moved)
  const foreign = app.refusalOfForm(request)
  if (foreign) return refuse(app, request, response, foreign)
  const arrivedMs = performance.now()
  const whole = await withBody(app, request, response)
  if (!whole) return
  // a request from Next itself belongs to a page that already has a slot
  const turn = isOwn(request) ? 'now' : await app.pageTurn(response)
  if (turn === 'full') return refuse(app, whole, response, app.refuseBusy())
  if (turn === 'gone') return
  return app.inScope(() => {
    if (app.shield(whole, response)) return
    settleOrigin(whole, app.origin)
    markOwn(whole)
    return next(whole, response)
  }, arrivedMs)
}
