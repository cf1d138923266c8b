import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { commit, type Tell } from '@/lib/events/recorder'
import type { Actor } from '@/lib/store/grants'

/** Where people manage their own accounts. */
export const accountPath = '/account'

/** A change that somebody makes to their own account: who, when, and how it is stored with its events. */
export type SelfChange = {
  readonly self: Person
  readonly actor: Actor
  readonly at: Date
  /** {@link commit} in the exchange of this person */
  commit<Result>(store: (tell: Tell) => Promise<Result>): Promise<Result>
}

/** Begins a change that somebody makes to their own account. */
export async function changeSelf(self: Person): Promise<SelfChange> {
  const exchange = await operatorExchange(self, accountPath)
  return {
    self,
    actor: { userId: self.id, address: exchange.address },
    at: exchange.startedAt,
    commit: (store) => commit(exchange, store),
  }
}
