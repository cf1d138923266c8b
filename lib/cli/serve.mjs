import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import nextEnv from '@next/env'
import { connectionLimits, guardConnections } from './connections.mjs'
import { inFrontOf, received } from './front.mjs'
import { listen, listenAddresses } from './listen.mjs'
import { adoptConsole, say } from './log.mjs'
import { keepMemorySmall } from './memory.mjs'
import { application, stopOnSignal } from './shutdown.mjs'
import { isStrict, strictTransport } from './transport.mjs'

/**
 * How Portico is served, from source or from a build.
 *
 * @typedef {object} Serving
 * @property {string} dir the directory of `.next`
 * @property {readonly string[]} check Node arguments that check the configuration in a separate process,
 *   which prints the problems and exits with 1
 * @property {boolean} [isDev] from source, with reload
 * @property {string | null} [reasonToBuild] why a build is needed before serving
 * @property {(signal: AbortSignal) => Promise<void>} [build] builds
 */

/**
 * Longer than reverse proxies keep an idle connection, or they would reuse a closed one: nginx keeps it
 * for 60 s, Traefik for 90, Caddy for 120.
 */
const keepAliveMs = 130_000

/**
 * Closes a connection without traffic after this time, including one whose client has stopped reading.
 * Streams send a beat every 15 s, and a tool call takes at most 230 s.
 */
const silentMs = 300_000

/** @param {string} message @returns {never} */
function fail(message) {
  say('error', message)
  process.exit(1)
}

/**
 * Checks the configuration before a long build, or when the server fails before its own check.
 *
 * @param {Serving} serving
 */
function checkConfiguration({ check }) {
  const stdio = /** @type {const} */ (['ignore', 'ignore', 'inherit'])
  const { status } = spawnSync(process.execPath, check, { stdio: [...stdio] })
  if (status !== 0) fail('the configuration is wrong: see .env.example')
}

/** @typedef {{ port: number, addresses: import('./listen.mjs').Addresses }} At */

/** @param {import('node:http').Server} server @param {At} at @param {Serving} serving */
async function takePort(server, at, serving) {
  const { port, addresses } = at
  try {
    return await listen(server, at)
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'EADDRINUSE') fail(`port ${port} is taken: end what uses it, or set PORT`)
    // an invalid port is one of the problems, and the check reports all at once
    checkConfiguration(serving)
    const where = addresses ? ` of ${addresses.join(' or ')}` : ''
    return fail(`cannot listen on port ${port}${where}: ${message}`)
  }
}

/**
 * Handles a crash before Next does: Node would print it past the output filter.
 *
 * @param {unknown} error
 */
function crash(error) {
  say('error', 'ended by a fault:', { error })
  process.exit(1)
}

/** @param {unknown} error */
const report = (error) => say('error', 'a request failed:', { error })

/**
 * Loads Next's configuration from the build: reading its TypeScript would need a compiler, which the
 * package does not have.
 *
 * @param {string} dir
 */
function loadBuiltConfiguration(dir) {
  const file = join(dir, '.next/required-server-files.json')
  const { config } = JSON.parse(readFileSync(file, 'utf8'))
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config)
}

/** @param {Serving} serving @param {At} at @param {AbortController} stopping */
async function open(serving, at, stopping) {
  const { dir, isDev = false, reasonToBuild = null, build } = serving
  if (isDev || reasonToBuild) checkConfiguration(serving)
  /** @type {(handler: import('node:http').RequestListener) => void} */
  let answer = () => {}
  /** @type {Promise<import('node:http').RequestListener>} */
  const answering = new Promise((resolve) => {
    answer = resolve
  })
  const server = createServer(
    connectionLimits,
    received(async (request, response) => {
      try {
        const handle = await answering
        await handle(request, response)
      } catch (error) {
        report(error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      }
    }),
  )
  server.keepAliveTimeout = keepAliveMs
  server.timeout = silentMs
  if (isStrict(process.env.PORTICO_URL)) {
    const { key, value } = strictTransport
    server.prependListener('request', (_request, response) => response.setHeader(key, value))
  }
  guardConnections(server)
  /** @type {import('node:net').Server[]} */
  const sockets = []
  stopOnSignal(server, stopping, sockets)
  // The port first: requests wait while the rest starts, and a second start fails at once.
  const { addresses, port, sockets: opened } = await takePort(server, at, serving)
  sockets.push(...opened)
  await build?.(stopping.signal)
  // build output may be shared; files written from here on are private
  process.umask(0o077)
  if (!isDev) loadBuiltConfiguration(dir)
  // when a form redirects to a page, Next requests it itself: from here, not from the public origin
  const [host = 'localhost'] = addresses ?? []
  const self = isIPv6(host) ? `[${host}]` : host
  process.env.__NEXT_PRIVATE_ORIGIN = `http://${self}:${port}`
  // Not before the build: it reads the build's configuration when it is loaded.
  const { default: next } = await import('next')
  // only the reload of development uses a WebSocket
  const app = next({ dev: isDev, dir, port, httpServer: isDev ? server : createServer() })
  await app.prepare()
  process.off('uncaughtException', crash)
  answer(inFrontOf(app.getRequestHandler(), isDev))
  // Next does not wait for the instrumentation; requests do.
  while (!application()) await sleep(20)
  application()?.ready({ addresses, port })
  process.send?.('ready')
}

/**
 * Serves Portico in this process until a signal stops it, with the settings of the environment and of
 * `.env` in the current directory. If the start fails, it logs one message and exits with 1.
 *
 * @param {Serving} serving
 */
export async function serve(serving) {
  const { isDev = false } = serving
  const stopping = new AbortController()
  if (!isDev) keepMemorySmall()
  Object.assign(process.env, {
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })
  nextEnv.loadEnvConfig(process.cwd(), isDev, {
    info: () => {},
    error: (error) => say('error', 'a file of settings could not be read:', { error }),
  })
  adoptConsole()
  process.on('uncaughtException', crash)
  const at = { port: Number(process.env.PORT || 3000), addresses: listenAddresses(process.env) }
  await open(serving, at, stopping).catch((error) => {
    if (!stopping.signal.aborted) fail(error.message)
  })
}
