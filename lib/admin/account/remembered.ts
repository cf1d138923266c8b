import 'server-only'
import { verifiedDomain } from '@/lib/admin/connection-rows'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { commit } from '@/lib/events/recorder'
import { rememberedSince } from '@/lib/oauth/consent'
import { later } from '@/lib/oauth/lifetimes'
import { describeScope } from '@/lib/oauth/scope'
import { settings } from '@/lib/settings'
import {
  forgetConsent as forgetStoredConsent,
  listConsentsOf,
  type RememberedConsent,
} from '@/lib/store/consents'
import type { RememberedAnswer } from './views'

const path = '/connections'

/** Only clients whose identity is assured are remembered, and each once: there are few. */
const mostShown = 100

const listOf = (userId: string): Promise<RememberedConsent[]> =>
  listConsentsOf(userId, rememberedSince(new Date(), settings().lifetimes.refreshMax), mostShown)

const toView = (consent: RememberedConsent): RememberedAnswer => ({
  id: consent.id,
  clientName: consent.client.name,
  verifiedDomain: verifiedDomain(consent.client.kind, consent.clientId),
  allows: describeScope(consent.scope).map(({ title }) => title),
  createdAt: consent.createdAt.toISOString(),
  endsAt: later(consent.createdAt, settings().lifetimes.refreshMax).toISOString(),
  isPaused: consent.isPaused,
})

/** The apps that whoever is signed in is not asked about any more. */
export async function listRemembered(): Promise<RememberedAnswer[]> {
  const { id } = await requireOperator('member', path)
  return (await listOf(id)).map(toView)
}

/** Has an app ask again. @returns its name, or `null` when nothing of the kind was remembered */
export async function forgetRemembered(id: string): Promise<string | null> {
  const self = await requireOperator('member', path)
  const consent = (await listOf(self.id)).find((one) => one.id === id)
  if (!consent) return null
  const exchange = await operatorExchange(self, path)
  exchange.ids.clientId = consent.clientId
  const { name: clientName } = consent.client
  const detail = { clientName, count: 1, because: 'person' } as const
  const actor = { userId: self.id, address: exchange.address }
  const forgotten = await commit(exchange, (tell) =>
    forgetStoredConsent(consent, clientName, actor, [tell('consent.forgotten', detail)]),
  )
  return forgotten ? clientName : null
}
