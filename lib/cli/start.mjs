import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import nextEnv from '@next/env'
import { buildIfNeeded, reasonToBuild, root } from './build.mjs'
import { inFrontOf, received } from './front.mjs'
import { adoptConsole, say } from './log.mjs'
import { application, stopOnSignal } from './shutdown.mjs'

/**
 * Starts Portico in this process: checks the configuration, takes the port, builds what has
 * changed, and serves. `--dev` serves from source instead.
 */

/**
 * Longer than a reverse proxy keeps an idle connection, or it would reuse a closed one: nginx keeps one
 * for 60 s, Traefik for 90, Caddy for 120.
 */
const keepAliveMs = 130_000

/** @param {string} message */
function fail(message) {
  say('error', message)
  process.exit(1)
}

/**
 * In a process of its own, since the sources are TypeScript: before what takes long, or where there
 * is no getting to the check that a built server makes of itself.
 */
function checkConfiguration() {
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'lib/cli/check-env.ts'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status !== 0) fail('the configuration is wrong: see .env.example')
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 */
async function listen(server, port) {
  try {
    server.listen(port)
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'EADDRINUSE') fail(`port ${port} is taken: end what uses it, or set PORT`)
    // a port that is none is one of the problems, and all of them are named at once
    checkConfiguration()
    fail(`cannot listen on port ${port}: ${message}`)
  }
}

/** @param {unknown} error */
const report = (error) => say('error', 'a request failed:', { error })

/**
 * @param {boolean} isDev
 * @param {number} port
 */
async function serve(isDev, port) {
  const reason = isDev ? null : reasonToBuild()
  if (isDev || reason) checkConfiguration()
  /** @type {(handler: import('node:http').RequestListener) => void} */
  let open = () => {}
  /** @type {Promise<import('node:http').RequestListener>} */
  const opened = new Promise((resolve) => {
    open = resolve
  })
  const server = createServer(
    received(async (request, response) => {
      try {
        const handle = await opened
        await handle(request, response)
      } catch (error) {
        report(error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      }
    }),
  )
  server.keepAliveTimeout = keepAliveMs
  stopOnSignal(server, stopping)
  // The port first: requests wait while the rest is made ready, and a second start fails at once.
  await listen(server, port)
  if (!isDev) await buildIfNeeded(stopping.signal, reason)
  // where a form's answer is another page, Next asks for it itself: here, and not at the public origin
  process.env.__NEXT_PRIVATE_ORIGIN = `http://localhost:${port}`
  // Not before the build: it reads the build's configuration when it is loaded.
  const { default: next } = await import('next')
  const app = next({ dev: isDev, dir: root, port, httpServer: server })
  await app.prepare()
  open(inFrontOf(app.getRequestHandler(), isDev))
  // Next starts the instrumentation without waiting for it; requests do wait.
  while (!application()) await sleep(20)
  application()?.ready?.()
  process.send?.('ready')
}

const stopping = new AbortController()
const isDev = process.argv.includes('--dev')
process.chdir(root)
Object.assign(process.env, {
  NODE_ENV: isDev ? 'development' : 'production',
  NEXT_TELEMETRY_DISABLED: '1',
})
nextEnv.loadEnvConfig(root, isDev, {
  info: () => {},
  error: (error) => say('error', 'a file of settings could not be read:', { error }),
})
adoptConsole()
await serve(isDev, Number(process.env.PORT || 3000)).catch((error) => {
  if (!stopping.signal.aborted) fail(error.message)
})
