import 'server-only'
import { type IncomingMessage, ServerResponse } from 'node:http'
import { type Refusal, refusalResponse } from '@/lib/http/refusal'
import { unavailableResponse } from '@/lib/http/unavailable'
import { processWide } from '@/lib/process-wide'
import { type Arrival, openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { begunReader } from '@/lib/runtime/request-scope'
import { isAway, wasAwayLately } from '@/lib/store/database/availability'
import { headersOf, pathOf, type Written, written } from './written'

/** Paths that need no database, or report its state themselves. */
const exempt = /^\/(_next\/|healthz|readyz|metrics|favicon\.ico|icon\.svg)/

/** Why a page's response is replaced. */
type Cause = 'away' | 'unreadable'

const notReadable: Refusal = {
  status: 400,
  title: 'This request cannot be answered',
  text: 'the form, its arguments or the headers beside it are not readable',
}

const arrivalOf = (incoming: IncomingMessage): Arrival => ({
  method: incoming.method ?? 'GET',
  path: pathOf(incoming.url ?? '/'),
  headers: headersOf(incoming),
})

/** Builds the replacement response. */
async function prepare(incoming: IncomingMessage, cause: Cause): Promise<Written> {
  const arrival = arrivalOf(incoming)
  const response = await written(
    cause === 'away' ? unavailableResponse(arrival) : refusalResponse(arrival, notReadable),
  )
  return incoming.method === 'HEAD' ? { ...response, body: '' } : response
}

function note(incoming: IncomingMessage, cause: Cause): void {
  const exchange = openExchange(arrivalOf(incoming))
  if (cause === 'away') {
    record(exchange, 'request.unavailable', 503, { reason: { kind: 'database-away' } })
  } else record(exchange, 'request.refused', 400, { reason: { kind: 'request-not-readable' } })
}

async function refuse(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { status, body, headers } = await prepare(incoming, 'away')
  note(incoming, 'away')
  outgoing.writeHead(status, headers).end(body)
}

const isCallback = (value: unknown): value is () => void => typeof value === 'function'

/**
 * Replaces a 500 with 503 if the database failed. A 500 from before any of Portico's code ran means that
 * the request was malformed: it becomes 400.
 */
function soften(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const writeHead = outgoing.writeHead.bind(outgoing)
  const write = outgoing.write.bind(outgoing)
  const end = outgoing.end.bind(outgoing)
  const hasBegun = begunReader()
  let cause: Cause | null = null
  let instead: Promise<Written> | null = null
  const causeOf = (): Cause | null => {
    if (outgoing.statusCode !== 500 || outgoing.headersSent) return null
    return wasAwayLately() ? 'away' : hasBegun() ? null : 'unreadable'
  }
  const replace = (): boolean => {
    if (instead !== null) return true
    cause = causeOf()
    if (cause !== null) instead = prepare(incoming, cause)
    return instead !== null
  }
  outgoing.writeHead = ((status: number, ...rest: unknown[]) => {
    outgoing.statusCode = status
    if (replace()) return outgoing
    return writeHead(status, ...(rest as []))
  }) as typeof writeHead
  outgoing.write = ((...args: unknown[]) => {
    if (!replace()) return write(...(args as [string]))
    args.find(isCallback)?.()
    return true
  }) as typeof write
  outgoing.end = ((...args: unknown[]) => {
    if (!replace()) return end(...(args as [string]))
    void instead?.then(({ status, body, headers }) => {
      if (cause !== null) note(incoming, cause)
      for (const name of outgoing.getHeaderNames()) {
        if (name !== 'strict-transport-security') outgoing.removeHeader(name)
      }
      writeHead(status, headers)
      end(body, args.find(isCallback))
    })
    return outgoing
  }) as typeof end
}

/**
 * Guards Next on a Node host. Answers 503 while the database is unavailable, also to running requests
 * that end in 500; answers 400 to a request that Next cannot read.
 *
 * @returns whether it has answered
 */
export function shield(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  if (exempt.test(incoming.url ?? '/')) return false
  if (isAway()) {
    void refuse(incoming, outgoing)
    return true
  }
  soften(incoming, outgoing)
  return false
}

const softened = processWide('softened', () => ({
  responses: new WeakSet<ServerResponse>(),
  isOn: false,
  isMuted: false,
}))

/**
 * For processes where Next receives requests itself, as in a function: makes every response of this
 * process answer 503 if the database failed, including the one in progress.
 */
export function softenAll(): void {
  if (softened.isOn) return
  softened.isOn = true
  const { prototype } = ServerResponse
  for (const name of ['writeHead', 'write', 'end'] as const) {
    const original = prototype[name] as (...args: unknown[]) => unknown
    Object.assign(prototype, {
      [name](this: ServerResponse, ...args: unknown[]): unknown {
        if (softened.responses.has(this)) return original.apply(this, args)
        softened.responses.add(this)
        if (!exempt.test(this.req.url ?? '/')) soften(this.req, this)
        return (this[name] as typeof original)(...args)
      },
    })
  }
}

/** Keeps database failures off the console, whatever prints them: they are logged once elsewhere. */
export function muteAway(isAwayError: (error: unknown) => boolean): void {
  if (softened.isMuted) return
  softened.isMuted = true
  const print = console.error
  console.error = (...args: unknown[]) => {
    if (!args.some(isAwayError)) print(...args)
  }
}
