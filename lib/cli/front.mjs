import { getRequestListener } from '@hono/node-server'
import { answerEarly } from './early.mjs'
import { settleOrigin } from './origin.mjs'
import { isOwn, markOwn } from './own-request.mjs'
import { makeDecodable } from './request-path.mjs'
import { appendSender } from './sender.mjs'
import { application } from './shutdown.mjs'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').RequestListener} RequestListener */

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
export const received = (handle) => (request, response) => {
  if (answerEarly(request, response)) return
  if (!isOwn(request)) {
    application()?.notice(request.headers, pathOf(request))
    appendSender(request)
  }
  makeDecodable(request)
  return handle(request, response)
}

/**
 * Has the endpoints that clients call answer by themselves, and everything else by Next, which is
 * told the configured origin in place of what arrived.
 *
 * @param {RequestListener} next
 * @param {boolean} isDev whether Next answers the endpoints, too: a change of one is known to it only
 * @returns {RequestListener}
 */
export const inFrontOf = (next, isDev) => (request, response) => {
  const app = application()
  if (!app) return next(request, response)
  if (endpointFor(request)) {
    if (isDev) return next(request, response)
    settleHeaders(request)
    return answer(request, response)
  }
  const refusal = app.refuseForm(request.method ?? 'GET', pathOf(request), request.headers)
  if (refusal !== null) {
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end(refusal)
    return
  }
  if (app.shield(request, response)) return
  settleOrigin(request, app.origin)
  markOwn(request)
  return next(request, response)
}
