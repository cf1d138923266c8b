import 'server-only'
import { verifiedDomain } from '@/lib/admin/connections/rows'
import { command, query } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { answerNotFound, redirectTo } from '@/lib/auth/session'
import { form } from '@/lib/http/sent'
import { rememberedSince } from '@/lib/oauth/consent'
import { later } from '@/lib/oauth/lifetimes'
import { describeScope } from '@/lib/oauth/scope'
import {
  forgetConsent as forgetStoredConsent,
  listConsentsOf,
  type RememberedConsent,
} from '@/lib/store/grants/consents'
import { currentSettings } from '@/lib/store/settings/current'

const path = '/connections'

/** Only clients with an assured identity are remembered, each once: there are few. */
const mostShown = 100

const listOf = (userId: string): Promise<RememberedConsent[]> =>
  listConsentsOf(
    userId,
    rememberedSince(new Date(), currentSettings().lifetimes.refreshMax),
    mostShown,
  )

const toView = (consent: RememberedConsent) => ({
  id: consent.id,
  clientName: consent.client.name,
  /** the domain that vouches for the app, if any */
  verifiedDomain: verifiedDomain(consent.client.kind, consent.clientId),
  /** what it may do, in words */
  allows: describeScope(consent.scope).map(({ title }) => title),
  createdAt: consent.createdAt,
  /** when the person is asked again in any case */
  endsAt: later(consent.createdAt, currentSettings().lifetimes.refreshMax),
  /** a connection of the app is paused: the person is asked until it is resumed */
  isPaused: consent.isPaused,
})

/** A remembered approval: the app connects again without asking. */
export type RememberedAnswer = Readonly<ReturnType<typeof toView>>

/** The apps that the signed-in person is no longer asked about. */
export const listRemembered = query(
  { role: 'member', path },
  async ({ id }): Promise<RememberedAnswer[]> => {
    return (await listOf(id)).map(toView)
  },
)

/** Forgets an approval, so that the app has to ask again. */
export const forgetRemembered = command(
  { role: 'member', path, takes: [form] },
  async (self, fields) => {
    const id = fields.text('id')
    const consent = (await listOf(self.id)).find((one) => one.id === id)
    if (!consent) return answerNotFound()
    const { clientId } = consent
    const { name: clientName } = consent.client
    const detail = { clientName, count: 1, because: 'person' } as const
    const forgotten = await commitBy(self, { clientId }, (describe, actor) =>
      forgetStoredConsent(consent, clientName, actor, [describe('consent.forgotten', detail)]),
    )
    if (!forgotten) answerNotFound()
    redirectTo(`${path}?done=forgotten`)
  },
)
