import { getRequestListener } from '@hono/node-server'
import { drainBody, endUnread, hasBody, readBody, replayed } from './body.mjs'
import { askForBody } from './connections.mjs'
import { answerEarly } from './early.mjs'
import { settleOrigin } from './origin.mjs'
import { isOwn, markOwn } from './own-request.mjs'
import { makeDecodable } from './request-path.mjs'
import { appendSender } from './sender.mjs'
import { application } from './shutdown.mjs'
import { serially } from './turns.mjs'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('node:http').RequestListener} RequestListener */
/** @typedef {import('./shutdown.mjs').Application} Application */
/** @typedef {import('./shutdown.mjs').Refusing} Refusing */

/** @param {IncomingMessage} incoming */
const pathOf = ({ url = '/' }) => url.split('?', 1)[0] ?? '/'

/** @param {IncomingMessage} incoming */
const endpointFor = (incoming) =>
  application()?.endpointAt(incoming.method ?? 'GET', pathOf(incoming)) ?? null

/**
 * Headers as Next gives them: Node's own joining of repeated ones, and what was appended to them
 * since. The `Host` decides nothing here, so that one that makes no URL is nothing to fail at.
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

/**
 * What every request passes before anything reads it: what arrived is noticed, then made so that
 * nothing behind can be misled by it.
 *
 * @param {RequestListener} handle may come later than requests do
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
 * Refuses a request. What is still to come of its body is thrown away for a moment, since an answer is
 * lost to whoever is cut off while sending.
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
 * A request whose body is there and within its limit.
 *
 * @param {Application} app
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @returns {Promise<IncomingMessage | null>} `null` where it was refused, or whoever sent it is gone
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
 * Whether a body is read before its endpoint is asked. One that takes more than others counts by
 * itself what comes: it first wants to know who asks.
 *
 * @param {Application} app
 * @param {IncomingMessage} request
 */
const isReadFirst = (app, request) => app.bodyLimit(pathOf(request)) === app.bodyLimit('/')

/**
 * @param {Application} app
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function answerItself(app, request, response) {
  const arrivedMs = performance.now()
  const whole = isReadFirst(app, request) ? await withBody(app, request, response) : request
  if (!whole) return
  askForBody(request, response)
  settleHeaders(whole)
  return app.inScope(() => answer(whole, response), arrivedMs)
}

/**
 * @param {ServerResponse} response
 * @param {string} location
 */
const leadTo = (response, location) =>
  void response.writeHead(303, { location, 'cache-control': 'no-store' }).end()

/**
 * Has the endpoints that clients call answer by themselves, and everything else by Next, which is
 * told the configured origin in place of what arrived. Nothing of either begins before the request has
 * been found to be one, and Next is given whole bodies only.
 *
 * @param {RequestListener} next
 * @param {boolean} isDev whether Next answers the endpoints, too: a change of one is known to it only
 * @returns {RequestListener}
 */
export const inFrontOf = (next, isDev) => async (request, response) => {
  const app = application()
  if (!app) return next(request, response)
  request.url = app.targetPath(request.url ?? '/') ?? request.url
  const refusing = app.refusalOf(request)
  if (refusing) return refuse(app, request, response, refusing)
  endUnread(request, response)
  if (!isDev && endpointFor(request)) return answerItself(app, request, response)
  if (isDev && endpointFor(request)) return next(request, response)
  const moved = app.presentAddress(request)
  if (moved) return leadTo(response, moved)
  const foreign = app.refusalOfForm(request)
  if (foreign) return refuse(app, request, response, foreign)
  const arrivedMs = performance.now()
  const whole = await withBody(app, request, response)
  if (!whole) return
  // what Next asks in its turn is part of a page that has its place already
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
