import 'server-only'
import { isPrefetch, notYet, seeOther } from '@/lib/http/responses'
import { findInteraction, type Interaction } from '@/lib/store/grants/interactions'
import { answerAgain, answeredBy } from './answered'
import { approve } from './approve'
import { heldState, interactionIn, interactionOf } from './consent-state'
import { type Handler, isPersonal, type PersonalVisit, personalEndpoint } from './endpoint'

/** RFC 6749 §4.1.2: issues the code now, bound to what the person saw when they allowed it. */
function releaseAnswer(interaction: Interaction, visit: PersonalVisit) {
  const scope = interaction.heldScope ?? interaction.scope
  const how = { remember: interaction.heldRemember, remembered: null }
  return approve({ ...interaction, scope }, how, visit)
}

async function repeat(interaction: Interaction | null, visit: PersonalVisit) {
  if (!interaction?.decidedAt || interaction.client.disabledAt) return null
  const answered = await answeredBy(interaction, visit.signedIn, new Date())
  return answered && answerAgain(interaction, answered, visit)
}

const redirectToAnswer: Handler = async (request, visit) => {
  const id = interactionIn(request)
  const page = `/consent/${encodeURIComponent(id)}`
  if (!isPersonal(visit)) return seeOther(`/sign-in?next=${encodeURIComponent(page)}`)
  visit.ids.userId = visit.signedIn.id
  const interaction = await interactionOf(id, visit)
  if (!interaction) return seeOther(page)
  // a link preview or a probe must not take the code
  if (request.method === 'HEAD') return new Response(null, { status: 200 })
  if (isPrefetch(request)) return notYet()
  if (heldState(interaction, visit.signedIn, new Date()) === 'released') {
    const answer = await releaseAnswer(interaction, visit)
    // of concurrent requests one issues the code, and all are redirected with it
    return answer ?? (await repeat(await findInteraction(id), visit)) ?? seeOther(page)
  }
  return (await repeat(interaction, visit)) ?? seeOther(page)
}

/**
 * Redirects a person's browser with the answer they gave: again, or for the first time when it was
 * held. GET is enough, since it decides nothing: the person already has, in a form.
 */
export const consentAnswer = personalEndpoint('consent answer', {
  cors: false,
  methods: { GET: redirectToAnswer },
})
