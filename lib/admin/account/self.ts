import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Operator } from '@/lib/auth/operator'
import { requireOperator } from '@/lib/auth/session'
import type { EventDetail, EventName } from '@/lib/events/catalogue'
import { describe, type Exchange } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import type { NewEvent } from '@/lib/store/events'
import type { Actor } from '@/lib/store/grants'

/** Where people manage their own accounts. */
export const accountPath = '/account'

/** A change that somebody makes to their own account: who, in which exchange, and what is told. */
export type SelfChange = {
  readonly self: Operator
  readonly exchange: Exchange
  readonly actor: Actor
  readonly at: Date
  /** describes an event and keeps it for {@link SelfChange.announce} */
  tell<N extends EventName>(name: N, detail: EventDetail<N>): readonly NewEvent[]
  /** prints and streams what was told, after the commit */
  announce(): void
}

/** Begins a change that somebody makes to their own account. Every role may. */
export async function changeSelf(): Promise<SelfChange> {
  const self = await requireOperator('member', accountPath)
  const exchange = await operatorExchange(self, accountPath)
  const told: NewEvent[] = []
  return {
    self,
    exchange,
    actor: { userId: self.id, address: exchange.address },
    at: exchange.startedAt,
    tell: (name, detail) => {
      told.push(describe(exchange, name, undefined, detail))
      return told
    },
    announce: () => announce(exchange, told),
  }
}
