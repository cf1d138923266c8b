import 'server-only'
import type { Exchange } from '@/lib/events/exchange'
import { isPrefetch, notYet } from '@/lib/http/prefetch'
import { seeOther } from '@/lib/http/responses'
import { redirectWith } from '@/lib/oauth/redirect-uri'
import { findInteraction, type Interaction } from '@/lib/store/interactions'
import { addresses } from './addresses'
import { approve } from './approve'
import { heldState } from './consent'
import { type Handler, personalEndpoint, type SignedIn } from './endpoint'

/** RFC 6749 §4.1.2.1, with `iss` (RFC 9207 §2). */
const denied = ({ redirectUri, state }: Interaction): Response =>
  seeOther(
    redirectWith(redirectUri, {
      error: 'access_denied',
      error_description: 'an operator of the server declined',
      state,
      iss: addresses().issuer,
    }),
  )

/** RFC 6749 §4.1.2: the code is made now, bound to what the person saw when they allowed it. */
async function released(
  interaction: Interaction,
  user: SignedIn,
  exchange: Exchange,
): Promise<Response | null> {
  const scope = interaction.heldScope ?? interaction.scope
  const how = { remember: interaction.heldRemember, remembered: null }
  return approve({ ...interaction, scope }, user, how, exchange)
}

/** `/consent/<interaction>/answer` */
const interactionIn = (request: Request): string =>
  new URL(request.url).pathname.split('/')[2]?.slice(0, 100) ?? ''

const carryOn: Handler = async (request, exchange, signedIn) => {
  const id = interactionIn(request)
  const page = `/consent/${encodeURIComponent(id)}`
  if (!signedIn) return seeOther(`/sign-in?next=${encodeURIComponent(page)}`)
  exchange.ids.userId = signedIn.id
  const interaction = await findInteraction(id)
  if (!interaction) return seeOther(page)
  exchange.ids.interactionId = interaction.id
  exchange.ids.clientId = interaction.clientId
  // a link preview or a probe takes nobody's code
  if (request.method === 'HEAD') return new Response(null, { status: 200 })
  if (isPrefetch(request)) return notYet()
  const state = heldState(interaction, signedIn, new Date())
  if (state === 'refused') return denied(interaction)
  const answer = state === 'released' ? await released(interaction, signedIn, exchange) : null
  return answer ?? seeOther(page)
}

/**
 * Where the browser of a person whose "yes" was held goes for the answer. It decides nothing: the
 * person has, in a form of their own, and an operator after them; so a GET will do.
 */
export const consentAnswer = personalEndpoint('consent answer', {
  cors: false,
  methods: { GET: carryOn },
})
