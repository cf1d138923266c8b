import 'server-only'
import type { EventDetail, EventName } from '@/lib/events/catalogue'
import type { NewEvent } from '@/lib/events/fields'
import type { Exchange } from '@/lib/recorder/request'
import { gathering } from '@/lib/store/events/committed'
import type { Actor, Outcome } from '@/lib/vocabulary'
import { observe } from './exchange'
import { add } from './queue'
import { isCall, wakeReaders } from './wake'

/**
 * Records an observation: it is printed and written with the next batch, and never slows or breaks the
 * response that it describes.
 */
export function record<N extends EventName>(
  exchange: Exchange,
  name: N,
  status: number | undefined,
  detail: EventDetail<N>,
  outcome?: Outcome,
): void {
  exchange.recorded += 1
  add({ describe: observe(exchange, name, status, detail, outcome), isStored: false })
}

/** Describes an event of an exchange, to be written with a change. @param status of the response */
export type DescribeEvent = <N extends EventName>(
  name: N,
  detail: EventDetail<N>,
  status?: number,
  outcome?: Outcome,
) => NewEvent

/**
 * Stores a change together with its events. They are printed and streamed once they are committed; events
 * of a failed change are dropped.
 *
 * @param store gets a function that describes an event, to be written in the transaction of the change, and
 *   the actor, for the audit trail
 * @returns the result of `store`
 */
export function commit<Result>(
  exchange: Exchange,
  store: (describe: DescribeEvent, actor: Actor) => Promise<Result>,
): Promise<Result> {
  const describe: DescribeEvent = (name, detail, status, outcome) =>
    observe(exchange, name, status, detail, outcome)()
  const actor = { userId: exchange.ids.userId ?? null, address: exchange.address }
  return gathering(
    () => store(describe, actor),
    (events) => announce(exchange, events),
  )
}

function announce(exchange: Exchange, events: readonly NewEvent[]): void {
  exchange.recorded += events.length
  if (events.length > 0) wakeReaders(events.every(isCall))
  for (const event of events) add({ describe: () => event, isStored: true })
}
