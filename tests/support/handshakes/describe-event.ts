import type { EventDetail, EventName } from '@/lib/events/catalogue'
import type { NewEvent } from '@/lib/events/fields'
import { observe } from '@/lib/recorder/exchange'
import type { Exchange } from '@/lib/recorder/request'
import type { Outcome } from '@/lib/vocabulary'

/** An exchange's event as it would be recorded. */
export const describeEvent = <N extends EventName>(
  exchange: Exchange,
  name: N,
  status: number | undefined,
  detail: EventDetail<N>,
  outcome?: Outcome,
): NewEvent => observe(exchange, name, status, detail, outcome)()
