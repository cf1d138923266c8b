import 'server-only'
import { isPrefetch, notYet } from '@/lib/http/prefetch'
import { seeOther } from '@/lib/http/responses'
import type { Exchange } from '@/lib/recorder/request'
import { findInteraction, type Interaction } from '@/lib/store/grants/interactions'
import { answerAgain, answeredBy } from './answered'
import { approve } from './approve'
import { heldState } from './consent-state'
import { type Handler, personalEndpoint, type SignedIn } from './endpoint'

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

async function again(
  interaction: Interaction | null,
  user: SignedIn,
  exchange: Exchange,
): Promise<Response | null> {
  if (!interaction?.decidedAt || interaction.client.disabledAt) return null
  const answered = await answeredBy(interaction, user, new Date())
  return answered && answerAgain(interaction, answered, exchange)
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
  if (heldState(interaction, signedIn, new Date()) === 'released') {
    const answer = await released(interaction, signedIn, exchange)
    // of several that come at once one makes the code, and all are sent on with it
    return answer ?? (await again(await findInteraction(id), signedIn, exchange)) ?? seeOther(page)
  }
  return (await again(interaction, signedIn, exchange)) ?? seeOther(page)
}

/**
 * Where the browser of a person goes for the answer they have given: once more, or for the first time
 * where it was held. It decides nothing: the person has, in a form of their own; so a GET will do.
 */
export const consentAnswer = personalEndpoint('consent answer', {
  cors: false,
  methods: { GET: carryOn },
})
