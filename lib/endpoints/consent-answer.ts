import 'server-only'
import { isPrefetch, notYet, seeOther } from '@/lib/http/responses'
import type { Exchange } from '@/lib/recorder/request'
import { findInteraction, type Interaction } from '@/lib/store/grants/interactions'
import { answerAgain, answeredBy } from './answered'
import { approve } from './approve'
import { heldState, interactionIn, interactionOf } from './consent-state'
import { type Handler, personalEndpoint, type SignedIn } from './endpoint'

/** RFC 6749 §4.1.2: issues the code now, bound to what the person saw when they allowed it. */
async function releaseAnswer(
  interaction: Interaction,
  user: SignedIn,
  exchange: Exchange,
): Promise<Response | null> {
  const scope = interaction.heldScope ?? interaction.scope
  const how = { remember: interaction.heldRemember, remembered: null }
  return approve({ ...interaction, scope }, user, how, exchange)
}

async function repeat(
  interaction: Interaction | null,
  user: SignedIn,
  exchange: Exchange,
): Promise<Response | null> {
  if (!interaction?.decidedAt || interaction.client.disabledAt) return null
  const answered = await answeredBy(interaction, user, new Date())
  return answered && answerAgain(interaction, answered, exchange)
}

const redirectToAnswer: Handler = async (request, exchange, signedIn) => {
  const id = interactionIn(request)
  const page = `/consent/${encodeURIComponent(id)}`
  if (!signedIn) return seeOther(`/sign-in?next=${encodeURIComponent(page)}`)
  exchange.ids.userId = signedIn.id
  const interaction = await interactionOf(id, exchange)
  if (!interaction) return seeOther(page)
  // a link preview or a probe must not take the code
  if (request.method === 'HEAD') return new Response(null, { status: 200 })
  if (isPrefetch(request)) return notYet()
  if (heldState(interaction, signedIn, new Date()) === 'released') {
    const answer = await releaseAnswer(interaction, signedIn, exchange)
    // of concurrent requests one issues the code, and all are redirected with it
    return answer ?? (await repeat(await findInteraction(id), signedIn, exchange)) ?? seeOther(page)
  }
  return (await repeat(interaction, signedIn, exchange)) ?? seeOther(page)
}

/**
 * Redirects a person's browser with the answer they gave: again, or for the first time when it was
 * held. GET is enough, since it decides nothing: the person already has, in a form.
 */
export const consentAnswer = personalEndpoint('consent answer', {
  cors: false,
  methods: { GET: redirectToAnswer },
})
