import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Readable } from 'node:stream'

/**
 * One instance of one function: the process that Vercel's runtime for Node.js makes of a function's
 * folder. Takes requests over HTTP; tells its parent when the response of one has been sent and all
 * that was handed to `waitUntil` has settled, from when on it can be frozen.
 *
 * Arguments: the folder.
 */

const folder = process.argv[2] ?? ''

/**
 * @typedef {{ handler: string, useWebApi?: boolean }} Configuration
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 */

const require = createRequire(path.join(folder, 'index.cjs'))
/** @type {Configuration} */
const configuration = require('./.vc-config.json')

/** @type {AsyncLocalStorage<{ waitUntil: (work: Promise<unknown>) => void }>} */
const requests = new AsyncLocalStorage()
const shared = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis))
shared[Symbol.for('@vercel/request-context')] = { get: () => requests.getStore() }

/** @type {unknown} */
const loaded = require(path.join(folder, configuration.handler))
const handler = /** @type {(...args: unknown[]) => unknown} */ (
  typeof loaded === 'function' ? loaded : /** @type {{ default: unknown }} */ (loaded).default
)

/** @param {IncomingMessage} request */
function asWebRequest(request) {
  const headers = new Headers()
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    headers.append(String(request.rawHeaders[at]), String(request.rawHeaders[at + 1]))
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  const scheme = headers.get('x-forwarded-proto') ?? 'https'
  return new Request(`${scheme}://${headers.get('host')}${request.url}`, {
    method: request.method ?? 'GET',
    headers,
    ...(hasBody && {
      body: /** @type {ReadableStream} */ (Readable.toWeb(request)),
      duplex: 'half',
    }),
  })
}

/** @param {Response} answer @param {ServerResponse} response */
async function send(answer, response) {
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value)
  }
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.writeHead(answer.status)
  for await (const chunk of answer.body ?? []) response.write(chunk)
  response.end()
}

/** @param {IncomingMessage} request @param {ServerResponse} response */
async function handle(request, response) {
  if (!configuration.useWebApi) return handler(request, response)
  return send(/** @type {Response} */ (await handler(asWebRequest(request))), response)
}

const server = createServer((request, response) => {
  const id = request.headers['x-simulated-invocation']
  delete request.headers['x-simulated-invocation']
  /** @type {Promise<unknown>[]} */
  const pending = []
  const waitUntil = (/** @type {Promise<unknown>} */ work) => void pending.push(work)
  const closed = once(response, 'close')
  requests.run({ waitUntil }, async () => {
    try {
      await handle(request, response)
    } catch (error) {
      console.error(error)
      // as a function that crashed
      process.exit(1)
    }
    await closed
    // what it waits for may ask for more to be waited for
    while (pending.length > 0) await Promise.allSettled(pending.splice(0))
    process.send?.({ done: id })
  })
})

// a function has as long as its configuration says, and no less
server.requestTimeout = 0
server.keepAliveTimeout = 1
process.once('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  process.send?.({ port: address.port })
})
