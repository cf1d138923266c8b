import { getRequestListener } from '@hono/node-server'
import { application } from './shutdown.mjs'

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */

/** @param {IncomingMessage} incoming */
function endpointFor({ method = 'GET', url = '/' }) {
  const query = url.indexOf('?')
  return application()?.endpointAt(method, query < 0 ? url : url.slice(0, query)) ?? null
}

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
 * Has the endpoints that clients call answer by themselves, and everything else by Next.
 *
 * @param {import('node:http').RequestListener} next
 * @returns {import('node:http').RequestListener}
 */
export const inFrontOf = (next) => (request, response) => {
  if (!endpointFor(request)) return next(request, response)
  settleHeaders(request)
  return answer(request, response)
}
