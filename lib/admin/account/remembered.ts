import 'server-only'
import { verifiedDomain } from '@/lib/admin/connection-rows'
import { command, query } from '@/lib/auth/declared'
import { operatorExchange } from '@/lib/auth/exchange'
import { leadTo, nothingHere } from '@/lib/auth/leave'
import { commit } from '@/lib/events/recorder'
import { form } from '@/lib/http/sent'
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
export const listRemembered = query(
  { role: 'member', path },
  async ({ id }): Promise<RememberedAnswer[]> => {
    return (await listOf(id)).map(toView)
  },
)

/** Has an app ask again that was remembered. */
export const forgetRemembered = command(
  { role: 'member', path, takes: [form] },
  async (self, fields): Promise<void> => {
    const id = fields.text('id')
    const consent = (await listOf(self.id)).find((one) => one.id === id)
    if (!consent) return nothingHere()
    const exchange = await operatorExchange(self, path)
    exchange.ids.clientId = consent.clientId
    const { name: clientName } = consent.client
    const detail = { clientName, count: 1, because: 'person' } as const
    const actor = { userId: self.id, address: exchange.address }
    const forgotten = await commit(exchange, (tell) =>
      forgetStoredConsent(consent, clientName, actor, [tell('consent.forgotten', detail)]),
    )
    if (!forgotten) nothingHere()
    leadTo(`${path}?done=forgotten`)
  },
)
