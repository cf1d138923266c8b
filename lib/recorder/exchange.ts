import { randomUUID } from 'node:crypto'
import { env } from '@/lib/config/env'
import { longestAgent, nameAgent } from '@/lib/events/agent'
import type { EventDetail, EventName } from '@/lib/events/catalogue'
import { checkedDetail } from '@/lib/events/detail'
import { type Ids, idNames, known, type NewEvent, requestNames } from '@/lib/events/fields'
import { pathWithoutSecrets } from '@/lib/events/secret-path'
import { clean } from '@/lib/events/text'
import { clientAddress, type Network, networkOf } from '@/lib/http/address'
import type { Exchange } from '@/lib/recorder/request'
import { hasListeners } from '@/lib/recorder/signals'
import { noteBegun, takeArrival } from '@/lib/runtime/request-scope'
import type { Outcome } from '@/lib/vocabulary'

/** Headers that identify proxies and edges; their values carry no secret. */
const edgeHeaders = [
  'cf-ray',
  'cf-connecting-ip',
  'x-vercel-id',
  'x-amz-cf-id',
  'fly-request-id',
  'x-azure-ref',
  'fastly-client-ip',
  'via',
  'forwarded',
] as const

function edgeMarks(headers: Headers): Record<string, string> | null {
  const marks = edgeHeaders.flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, clean(value, 200)] as const]
  })
  return marks.length > 0 ? Object.fromEntries(marks) : null
}

/** The request parts of an exchange; a page has no `Request`, only its headers. */
export type Arrival = { readonly method: string; readonly path: string; readonly headers: Headers }

/** A hidden address still counts as a remote one; only the server itself has none. */
const networkFrom = (address: string | null, forwardedFor: string | null): Network | null =>
  address !== null ? networkOf(address) : forwardedFor === null ? null : 'public'

/** Opens the record of an exchange. @param proxyHops see {@link clientAddress} */
export function openExchange(
  { method, path, headers }: Arrival,
  proxyHops = env().proxyHops,
): Exchange {
  noteBegun()
  const startedMs = takeArrival()
  const forwardedFor = headers.get('x-forwarded-for')
  const address = clientAddress(forwardedFor, proxyHops)
  const network = networkFrom(address, forwardedFor)
  const userAgent = headers.get('user-agent')
  const isTraced = hasListeners('exchange')
  return {
    requestId: randomUUID(),
    startedAt: new Date(Date.now() - (performance.now() - startedMs)),
    startedMs,
    method,
    path: clean(pathWithoutSecrets(path), 500),
    address,
    network,
    userAgent: userAgent === null ? null : clean(userAgent, longestAgent),
    agent: nameAgent(userAgent, network),
    edge: edgeMarks(headers),
    ids: {},
    traceparent: isTraced ? headers.get('traceparent') : null,
    tracestate: isTraced ? headers.get('tracestate') : null,
    endsLater: false,
    recorded: 0,
  }
}

/** An exchange for work of Portico itself, which no request asked for. */
export const ownExchange = (method: string, path = '/'): Exchange =>
  openExchange({ method, path, headers: new Headers() })

function outcomeOf(status: number | undefined): Outcome {
  if (status === undefined || status < 400) return 'ok'
  return status >= 500 ? 'failed' : 'refused'
}

/** A client id is untrusted input, known or not. */
function cleaned(ids: Ids): Ids {
  for (const name of idNames) ids[name] &&= clean(ids[name], 200)
  return ids
}

/** An observation with its time and ids already fixed; describing it can wait. */
export type Observation = () => NewEvent

/**
 * Observes one event of an exchange. The catalogue's schema drops what it does not name from the detail.
 *
 * @param status of the answer that this event belongs to
 */
export function observe<N extends EventName>(
  exchange: Exchange,
  name: N,
  status: number | undefined,
  detail: EventDetail<N>,
  outcome: Outcome = outcomeOf(status),
): Observation {
  const at = Date.now()
  const durationMs = Math.round(performance.now() - exchange.startedMs)
  const ids = known(exchange.ids, idNames)
  return () => ({
    at: new Date(at),
    name,
    outcome,
    requestId: exchange.requestId,
    status,
    durationMs,
    ...known(exchange, requestNames),
    ...cleaned(ids),
    detail: checkedDetail(name, detail),
  })
}
