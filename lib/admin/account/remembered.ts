import 'server-only'
import { verifiedDomain } from '@/lib/admin/connections/rows'
import { command, query } from '@/lib/auth/declared'
import { operatorExchange } from '@/lib/auth/exchange'
import { answerNotFound, redirectTo } from '@/lib/auth/leave'
import { form } from '@/lib/http/sent'
import { rememberedSince } from '@/lib/oauth/consent'
import { later } from '@/lib/oauth/lifetimes'
import { describeScope } from '@/lib/oauth/scope'
import { commit } from '@/lib/recorder/recorder'
import {
  forgetConsent as forgetStoredConsent,
  listConsentsOf,
  type RememberedConsent,
} from '@/lib/store/grants/consents'
import { settings } from '@/lib/store/settings/current'

const path = '/connections'

/** Only clients whose identity is assured are remembered, and each once: there are few. */
const mostShown = 100

const listOf = (userId: string): Promise<RememberedConsent[]> =>
  listConsentsOf(userId, rememberedSince(new Date(), settings().lifetimes.refreshMax), mostShown)

const toView = (consent: RememberedConsent) => ({
  id: consent.id,
  clientName: consent.client.name,
  /** the domain that vouches for the app, where one does */
  verifiedDomain: verifiedDomain(consent.client.kind, consent.clientId),
  /** what it may, in words */
  allows: describeScope(consent.scope).map(({ title }) => title),
  createdAt: consent.createdAt,
  /** when the person is asked again anyhow */
  endsAt: later(consent.createdAt, settings().lifetimes.refreshMax),
  /** a connection of the app is paused: until it is resumed, the person is asked */
  isPaused: consent.isPaused,
})

/** A "yes" that a person asked to be remembered: the app connects again without asking. */
export type RememberedAnswer = Readonly<ReturnType<typeof toView>>

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
  async (self, fields) => {
    const id = fields.text('id')
    const consent = (await listOf(self.id)).find((one) => one.id === id)
    if (!consent) return answerNotFound()
    const exchange = await operatorExchange(self, path)
    exchange.ids.clientId = consent.clientId
    const { name: clientName } = consent.client
    const detail = { clientName, count: 1, because: 'person' } as const
    const forgotten = await commit(exchange, (tell, actor) =>
      forgetStoredConsent(consent, clientName, actor, [tell('consent.forgotten', detail)]),
    )
    if (!forgotten) answerNotFound()
    redirectTo(`${path}?done=forgotten`)
  },
)
