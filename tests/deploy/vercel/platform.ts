import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Instance, newInstance } from './instance'
import { configurationOf } from './output.mjs'
import { type MiddlewareAnswer, type Resolved, readRoutes } from './routes'

/** How the platform is made to behave. */
export type PlatformOptions = {
  /** of the build */
  readonly output: string
  /** what the project's settings say; what Vercel sets itself is added */
  readonly env: Readonly<Record<string, string>>
  readonly port?: number
  /** requests that one instance takes at once: 1 as functions always were, more as with Fluid compute */
  readonly concurrency?: number
  /** when a response is cut, where the function's own limit is not shorter */
  readonly maxDurationMs?: number
}

/** A request that a function answered. */
export type Answered = { readonly method: string; readonly path: string; readonly status: number }

/** A deployment that runs. */
export type Platform = {
  readonly origin: string
  /** what all functions printed, as the log of the deployment shows it */
  output(): string
  /** every instance there is, frozen ones too */
  instances(): readonly Instance[]
  /** what was asked of functions, in the order it was answered */
  readonly requests: readonly Answered[]
  /** waits until nothing runs: all that is there is frozen */
  untilFrozen(): Promise<void>
  /** ends every instance, frozen or not: the next request of each function is a cold start */
  killAll(): Promise<void>
  /** does what a schedule of the deployment does, at once */
  runCron(path: string): Promise<{ status: number; text: string }>
  /** the schedules that the deployment asks for */
  readonly crons: readonly { readonly path: string; readonly schedule: string }[]
  /** from now on a response is cut after so long */
  cutAfter(ms: number): void
  stop(): Promise<void>
}

const bodyLimit = 4.5 * 1024 * 1024
/** Every instance of this process, so that none outlives it. */
const all = new Set<Instance>()
process.once('exit', () => {
  for (const { pid } of all) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {}
  }
})

/** What Vercel tells a function of itself. */
const systemEnvironment = (host: string) => ({
  PATH: process.env.PATH ?? '',
  TZ: 'UTC',
  VERCEL: '1',
  VERCEL_ENV: 'production',
  VERCEL_TARGET_ENV: 'production',
  VERCEL_REGION: 'iad1',
  VERCEL_URL: 'portico-3x7k2m9q1-acme.vercel.app',
  VERCEL_BRANCH_URL: 'portico-git-main-acme.vercel.app',
  VERCEL_PROJECT_PRODUCTION_URL: host,
  VERCEL_DEPLOYMENT_ID: 'dpl_5WJWYSyB7BpgTj3EuwF37WMRBXBtPQ2iTMJHJBJyRfd',
  VERCEL_PROJECT_ID: 'prj_portico',
})

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= bodyLimit) chunks.push(chunk)
  }
  return size > bodyLimit ? null : Buffer.concat(chunks)
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== ''
  } catch {
    return false
  }
}

const fail = (response: ServerResponse, status: number, code: string): void => {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { 'x-vercel-error': code, 'content-type': 'text/plain' })
  response.end(`${code}\n`)
}

/** Hop-by-hop (RFC 9110 §7.6.1). */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

/**
 * The headers that a function gets. Vercel overwrites X-Forwarded-For with the address that the
 * connection came from. Here all come from this machine: what a test sends stands for that address.
 */
function headersFor(request: IncomingMessage, host: string): IncomingHttpHeaders {
  const address = String(request.headers['x-forwarded-for'] ?? '203.0.113.7')
  const kept = Object.entries(request.headers).filter(([name]) => !ownHeaders.has(name))
  return {
    ...Object.fromEntries(kept),
    host,
    'x-forwarded-for': address,
    'x-real-ip': address,
    'x-vercel-forwarded-for': address,
    'x-forwarded-host': host,
    'x-forwarded-proto': 'http',
    'x-vercel-id': `iad1::${randomBytes(6).toString('hex')}`,
    'x-vercel-deployment-url': 'portico-3x7k2m9q1-acme.vercel.app',
  }
}

/** What a middleware's headers ask for. @throws where it answers itself, which Portico's never does */
function readMiddleware(answer: IncomingMessage, before: IncomingHttpHeaders): MiddlewareAnswer {
  const { headers } = answer
  if (headers['x-middleware-next'] !== '1') {
    throw new Error(`the middleware answered ${answer.statusCode} instead of going on`)
  }
  const kept = String(headers['x-middleware-override-headers'] ?? '').split(',')
  const changed: IncomingHttpHeaders = kept[0] === '' ? { ...before } : {}
  for (const name of kept.filter(Boolean)) {
    changed[name] = headers[`x-middleware-request-${name}`] ?? before[name]
  }
  const responseHeaders = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-middleware-') || ownHeaders.has(name) || name === 'date'
      ? []
      : [[name, String(value)]],
  )
  return { headers: changed, responseHeaders: Object.fromEntries(responseHeaders) }
}

/** Runs a built deployment on this machine, as Vercel does. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const router = readRoutes(options.output)
  const server = createServer()
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const host = `localhost:${(server.address() as AddressInfo).port}`
  const env: Readonly<Record<string, string>> = {
    ...systemEnvironment(host),
    PORTICO_URL: `http://${host}`,
    ...options.env,
  }
  const concurrency = options.concurrency ?? 1
  let maxDurationMs = options.maxDurationMs ?? 300_000
  let printed = ''
  const pool = new Set<Instance>()
  const requests: Answered[] = []

  const instanceFor = (folder: string): Instance => {
    for (const instance of pool) {
      if (instance.isDead) pool.delete(instance)
      else if (instance.folder === folder && instance.busy < concurrency) return instance
    }
    const instance = newInstance(folder, env, (text) => {
      printed += text
    })
    pool.add(instance)
    all.add(instance)
    return instance
  }

  type Call = {
    readonly method: string
    readonly target: string
    readonly headers: IncomingHttpHeaders
    readonly body: Buffer | null
    /** aborted when whoever asked has gone */
    readonly signal?: AbortSignal
  }

  /** Has a function answer. @returns its answer and how to end it before its time */
  const invoke = async (folder: string, call: Call) => {
    const instance = instanceFor(folder)
    const { id, port, abandon } = await instance.begin()
    const outgoing = send({
      port,
      host: '127.0.0.1',
      method: call.method,
      path: call.target,
      headers: {
        ...call.headers,
        'x-simulated-invocation': id,
        ...(call.body?.length ? { 'content-length': String(call.body.length) } : {}),
      },
      agent: false,
    })
    const cancel = () => {
      outgoing.destroy()
      abandon()
    }
    if (configurationOf(folder).supportsCancellation) {
      call.signal?.addEventListener('abort', () => outgoing.destroy(), { once: true })
    }
    outgoing.end(call.body ?? undefined)
    try {
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
      return { answer, instance, cancel }
    } catch (error) {
      abandon()
      throw error
    }
  }

  const runMiddleware = async (
    url: URL,
    method: string,
    at: string,
    before: IncomingHttpHeaders,
  ) => {
    const folder = `${options.output}/functions${at}.func`
    const target = `${url.pathname}${url.search}`
    const { answer } = await invoke(folder, { method, target, headers: before, body: null })
    answer.resume()
    return readMiddleware(answer, before)
  }

  const serveFile = ({ file, status, responseHeaders }: Resolved, response: ServerResponse) => {
    for (const [name, { value }] of responseHeaders) response.setHeader(name, value)
    const extension = file?.path.split('.').pop() ?? ''
    const types: Record<string, string> = {
      js: 'application/javascript; charset=utf-8',
      css: 'text/css; charset=utf-8',
      woff2: 'font/woff2',
      svg: 'image/svg+xml',
      html: 'text/html; charset=utf-8',
    }
    response.setHeader('content-type', file?.contentType ?? types[extension] ?? 'text/plain')
    response.writeHead(status ?? 200).end(readFileSync(file?.path ?? ''))
  }

  const answerWith = (answer: IncomingMessage, resolved: Resolved, response: ServerResponse) => {
    for (const [name, { value, isImportant }] of resolved.responseHeaders) {
      if (isImportant || answer.headers[name] === undefined) response.setHeader(name, value)
    }
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !ownHeaders.has(name) && !response.hasHeader(name)) {
        response.setHeader(name, value)
      }
    }
    response.writeHead(resolved.status ?? answer.statusCode ?? 200)
    response.flushHeaders()
    answer.pipe(response)
  }

  const serveFunction = async (
    resolved: Resolved,
    call: Omit<Call, 'target' | 'headers' | 'signal'>,
    url: URL,
    response: ServerResponse,
  ) => {
    const folder = resolved.folder ?? ''
    const leaving = new AbortController()
    response.once('close', () => leaving.abort())
    const query = resolved.query.size > 0 ? `?${resolved.query}` : ''
    // where a route says no status and adds no query, the function gets the request as it came
    const target = `${url.pathname}${`?${resolved.query}` === url.search ? url.search : query}`
    const headers = { ...resolved.headers, 'x-matched-path': resolved.matchedPath }
    const { maxDuration } = configurationOf(folder)
    const limitMs = Math.min(maxDurationMs, (maxDuration ?? 300) * 1000)
    // counts from the request, also while there is no answer
    let end = () => {}
    const late = setTimeout(() => {
      fail(response, 504, 'FUNCTION_INVOCATION_TIMEOUT')
      end()
    }, limitMs)
    const { answer, instance, cancel } = await invoke(folder, {
      ...call,
      target,
      headers,
      signal: leaving.signal,
    }).catch((error) => {
      clearTimeout(late)
      throw error
    })
    // others may be answered by the same instance with Fluid compute
    end = () => (concurrency === 1 ? void instance.kill() : cancel())
    answer.once('close', () => clearTimeout(late))
    answer.once('error', () => response.destroy())
    requests.push({ method: call.method, path: url.pathname, status: answer.statusCode ?? 0 })
    answerWith(answer, resolved, response)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', `http://${host}`)
    const method = request.method ?? 'GET'
    const headers = headersFor(request, host)
    if (!isDecodable(url.pathname)) return fail(response, 400, 'BAD_REQUEST')
    const body = await readBody(request)
    if (!body) return fail(response, 413, 'FUNCTION_PAYLOAD_TOO_LARGE')
    let resolved: Resolved
    try {
      resolved = await router.resolve(method, url, headers, (at, before) =>
        runMiddleware(url, method, at, before),
      )
    } catch (error) {
      printed += `${String(error)}\n`
      return fail(response, 500, 'MIDDLEWARE_INVOCATION_FAILED')
    }
    if (resolved.file) return serveFile(resolved, response)
    await serveFunction(resolved, { method, body }, url, response)
  }

  server.on('request', (request, response) => {
    serve(request, response).catch((error) => {
      printed += `${String(error)}\n`
      fail(response, 500, 'FUNCTION_INVOCATION_FAILED')
    })
  })

  const alive = () => [...pool].filter(({ isDead }) => !isDead)
  const killAll = async () => {
    await Promise.all(alive().map((instance) => instance.kill()))
    pool.clear()
  }
  const crons = router.configuration.crons ?? []
  return {
    origin: `http://${host}`,
    output: () => printed,
    instances: alive,
    requests,
    untilFrozen: async () => {
      const until = Date.now() + 60_000
      while (alive().some(({ isFrozen }) => !isFrozen)) {
        if (Date.now() > until) throw new Error('a function is still busy after a minute')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    killAll,
    crons,
    runCron: async (path) => {
      const response = await fetch(`http://${host}${path}`, {
        headers: {
          authorization: `Bearer ${env.CRON_SECRET ?? ''}`,
          'user-agent': 'vercel-cron/1.0',
          'x-forwarded-for': '76.76.21.21',
        },
      })
      return { status: response.status, text: await response.text() }
    },
    cutAfter: (ms) => {
      maxDurationMs = ms
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await killAll()
    },
  }
}
