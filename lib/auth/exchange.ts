import 'server-only'
import { headers } from 'next/headers'
import { env } from '@/lib/config/env'
import { openExchange } from '@/lib/recorder/exchange'
import type { Exchange } from '@/lib/recorder/request'
import type { Operator } from './operator'

/** The exchange of a public page or form. */
export async function visitorExchange(method: 'GET' | 'POST', path: string): Promise<Exchange> {
  return openExchange({ method, path, headers: await headers() }, env().proxyHops)
}

/** The exchange of a server action that an operator runs in the dashboard. */
export async function operatorExchange(operator: Operator, path: string): Promise<Exchange> {
  const arrival = { method: 'POST', path, headers: await headers() }
  const exchange = openExchange(arrival, env().proxyHops)
  exchange.ids.userId = operator.id
  return exchange
}
