import 'server-only'
import { describe, type Exchange } from '@/lib/events/exchange'
import { announce, record } from '@/lib/events/recorder'
import { isBodyProblem } from '@/lib/http/body'
import { htmlPage } from '@/lib/http/page'
import { seeOther } from '@/lib/http/responses'
import { redirectWith } from '@/lib/oauth/redirect-uri'
import { constantTimeEqual } from '@/lib/oauth/secret'
import { denyInteraction, findInteraction, type Interaction } from '@/lib/store/interactions'
import { addresses } from './addresses'
import { hold, needsApproval } from './approval'
import { approve } from './approve'
import { formOf } from './body'
import { closedBecause, consentToken } from './consent'
import { type Handler, personalEndpoint, type SignedIn } from './endpoint'
import { wayBack } from './way-back'

/** Why a decision was not taken, and what the person is told. */
const refusals = {
  form: 'The form could not be read.',
  csrf: 'The answer did not come from this server’s own page, or who is signed in, or what they may allow, has changed meanwhile.',
  unknown: 'This request for access does not exist, or its app was disabled.',
  decided: 'This request for access was answered before.',
  expired: 'This request for access has expired.',
  held: 'This request for access was answered before, and waits for an operator.',
} as const

function refuse(
  reason: keyof typeof refusals,
  exchange: Exchange,
  interaction: Interaction | null = null,
): Response {
  record(exchange, 'consent.refused', 400, { reason })
  const back = wayBack(interaction)
  return htmlPage(
    {
      title: 'Nothing was changed',
      message: refusals[reason],
      next: 'Go back to the app and connect again. You can close this page.',
      ...(back ? { link: { href: back.href, label: `Back to ${back.host}` } } : {}),
      facts: { reason, request: exchange.requestId },
    },
    400,
  )
}

/** RFC 6749 §4.1.2.1, with `iss` (RFC 9207 §2). */
async function deny(interaction: Interaction, exchange: Exchange): Promise<Response> {
  const events = [
    describe(exchange, 'consent.denied', 303, { clientName: interaction.client.name }, 'refused'),
  ]
  if (!(await denyInteraction(interaction.id, new Date(), events))) {
    return refuse('decided', exchange, interaction)
  }
  announce(exchange, events)
  return seeOther(
    redirectWith(interaction.redirectUri, {
      error: 'access_denied',
      error_description: 'the person declined',
      state: interaction.state,
      iss: addresses().issuer,
    }),
  )
}

async function allow(
  interaction: Interaction,
  user: SignedIn,
  remember: boolean,
  exchange: Exchange,
): Promise<Response> {
  const answer = needsApproval(interaction.client, user)
    ? await hold(interaction, user, remember, exchange)
    : await approve(interaction, user, { remember, remembered: null }, exchange)
  return answer ?? refuse('decided', exchange, interaction)
}

/** `/consent/<interaction>/decision` */
const interactionIn = (request: Request): string =>
  new URL(request.url).pathname.split('/')[2]?.slice(0, 100) ?? ''

const decide: Handler = async (request, exchange, signedIn) => {
  const id = interactionIn(request)
  if (!signedIn) return seeOther(`/sign-in?next=${encodeURIComponent(`/consent/${id}`)}`)
  exchange.ids.userId = signedIn.id
  const form = await formOf(request)
  if (isBodyProblem(form)) return refuse('form', exchange)
  const interaction = await findInteraction(id)
  if (interaction) {
    exchange.ids.interactionId = interaction.id
    exchange.ids.clientId = interaction.clientId
  }
  // RFC 9700 §4.7: the token binds the form to this person; the browser says where it came from
  const sameSite = request.headers.get('sec-fetch-site') !== 'cross-site'
  const closed = closedBecause(interaction, new Date())
  if (!interaction) return refuse('unknown', exchange)
  const token = form.get('csrf') ?? ''
  if (!sameSite || !constantTimeEqual(token, consentToken(interaction, signedIn))) {
    return refuse('csrf', exchange, interaction)
  }
  if (closed) return refuse(closed, exchange, interaction)
  const decision = form.get('decision')
  const remember = form.get('remember') === 'yes'
  if (decision === 'allow') return allow(interaction, signedIn, remember, exchange)
  return decision === 'deny' ? deny(interaction, exchange) : refuse('form', exchange)
}

/** The answer of the consent page. A plain form posts it, so that it works without script. */
export const consentDecision = personalEndpoint('consent decision', {
  cors: false,
  methods: { POST: decide },
})
