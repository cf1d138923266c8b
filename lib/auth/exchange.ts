import 'server-only'
import { headers } from 'next/headers'
import type { Ids } from '@/lib/events/fields'
import { openExchange } from '@/lib/recorder/exchange'
import { commit, type DescribeEvent } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import type { Actor } from '@/lib/vocabulary'
import type { Person } from './session'

/** The exchange of a public page or form. */
export async function visitorExchange(method: 'GET' | 'POST', path: string): Promise<Exchange> {
  return openExchange({ method, path, headers: await headers() })
}

/** The exchange of a server action that a person runs in the dashboard. @param ids of its subject */
export async function personExchange(person: Person, ids: Ids = {}): Promise<Exchange> {
  const exchange = await visitorExchange('POST', person.path)
  Object.assign(exchange.ids, ids, { userId: person.id })
  return exchange
}

/** Stores a change by a person in the dashboard, with its events; see {@link commit}. */
export async function commitBy<Result>(
  person: Person,
  ids: Ids,
  store: (describe: DescribeEvent, actor: Actor, at: Date) => Promise<Result>,
): Promise<Result> {
  const exchange = await personExchange(person, ids)
  return commit(exchange, (describe, actor) => store(describe, actor, exchange.startedAt))
}
