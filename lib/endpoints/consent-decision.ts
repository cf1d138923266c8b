import 'server-only'
import { isBodyProblem } from '@/lib/http/body'
import { htmlPage } from '@/lib/http/page'
import { seeOther } from '@/lib/http/responses'
import { constantTimeEqual } from '@/lib/oauth/secret'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { denyInteraction, findInteraction, type Interaction } from '@/lib/store/grants/interactions'
import { answerAgain, answeredBy, redirectWithDenial } from './answered'
import { approve, hold, needsApproval } from './approve'
import { formOf } from './body'
import { consentToken } from './consent'
import { closedBecause, interactionIn, interactionOf, wayBack } from './consent-state'
import { type Handler, isPersonal, type PersonalVisit, personalEndpoint } from './endpoint'

/** Why a decision was refused, as the person reads it. */
const refusals = {
  form: 'The form could not be read.',
  csrf: 'The answer did not come from this server’s own page, or the signed-in account or its role has changed since.',
  unknown: 'This request for access does not exist, or its app was disabled.',
  decided: 'This request for access was already answered.',
  expired: 'This request for access has expired.',
  held: 'This request for access was already answered, and waits for an operator.',
} as const

/** Refuses a decision with a page for the person. */
function refuse(
  reason: keyof typeof refusals,
  exchange: Exchange,
  interaction: Interaction | null = null,
): Response {
  record(exchange, 'consent.refused', 400, { reason: { kind: `consent-${reason}` } })
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

/** A "no" after the person's own "yes", or the reverse: the first answer counts. */
function refuseOther({ id, decision }: Interaction, exchange: Exchange): Response {
  record(exchange, 'consent.refused', 400, { reason: { kind: 'consent-decided' } })
  const isAllowed = decision === 'allowed'
  return htmlPage(
    {
      title: 'Nothing was changed',
      message: `You have already ${isAllowed ? 'allowed' : 'denied'} this request. A request can only be answered once.`,
      next: isAllowed
        ? 'To undo that, revoke the connection under “Your connections”.'
        : 'To allow it after all, go back to the app and connect again.',
      link: { href: `/consent/${id}`, label: 'See the result of your answer' },
      facts: { reason: 'decided', request: exchange.requestId },
    },
    400,
  )
}

/**
 * Handles an answer to a request that already has one. The same person may repeat it and gets the same
 * redirect: in the browser, a second click replaces the first.
 */
async function decidedBefore(
  interaction: Interaction | null,
  decision: 'allow' | 'deny',
  visit: PersonalVisit,
): Promise<Response> {
  const closed = closedBecause(interaction, new Date()) ?? 'decided'
  if (!interaction || (closed !== 'decided' && closed !== 'held')) {
    return refuse(closed, visit, interaction)
  }
  if (closed === 'held') {
    const isTheirs = decision === 'allow' && interaction.heldById === visit.signedIn.id
    return isTheirs ? seeOther(`/consent/${interaction.id}`) : refuse('held', visit, interaction)
  }
  const answered = await answeredBy(interaction, visit.signedIn, new Date())
  if (!answered) return refuse('decided', visit, interaction)
  const isSame = interaction.decision === (decision === 'allow' ? 'allowed' : 'denied')
  return isSame ? answerAgain(interaction, answered, visit) : refuseOther(interaction, visit)
}

/** RFC 6749 §4.1.2.1. @returns `null` when it was already decided */
async function deny(interaction: Interaction, visit: PersonalVisit): Promise<Response | null> {
  const { id, client } = interaction
  const denied = await commit(visit, (describe) =>
    denyInteraction(id, visit.signedIn.id, new Date(), [
      describe('consent.denied', { clientName: client.name }, 303, 'refused'),
    ]),
  )
  return denied ? seeOther(redirectWithDenial(interaction, 'the person')) : null
}

/** @returns `null` when it was already decided */
const allow = (interaction: Interaction, remember: boolean, visit: PersonalVisit) =>
  needsApproval(interaction.client, visit.signedIn)
    ? hold(interaction, remember, visit)
    : approve(interaction, { remember, remembered: null }, visit)

/**
 * When an answer goes to an app, the browser stays on the page, and shows nothing if no app opens. A
 * script on the page explains that; without it, the browser goes to a page that does, and on from there.
 */
function onPage(response: Response, { id, redirectUri }: Interaction, form: URLSearchParams) {
  const isLeading = response.status === 303 && !response.headers.get('location')?.startsWith('/')
  const isApp = !/^https?:/i.test(redirectUri)
  if (!isLeading || !isApp || form.get('script') !== 'none') return response
  return seeOther(`/consent/${id}?go=on`)
}

const decide: Handler = async (request, visit) => {
  const id = interactionIn(request)
  if (!isPersonal(visit)) {
    return seeOther(`/sign-in?next=${encodeURIComponent(`/consent/${id}`)}&error=signed-out`)
  }
  visit.ids.userId = visit.signedIn.id
  const form = await formOf(request)
  if (isBodyProblem(form)) return refuse('form', visit)
  const interaction = await interactionOf(id, visit)
  if (!interaction) return refuse('unknown', visit)
  // RFC 9700 §4.7: the token binds the form to this person; Sec-Fetch-Site says where it came from
  const sameSite = request.headers.get('sec-fetch-site') !== 'cross-site'
  const closed = closedBecause(interaction, new Date())
  const token = form.get('csrf') ?? ''
  if (!sameSite || !constantTimeEqual(token, consentToken(interaction, visit.signedIn))) {
    return refuse('csrf', visit, interaction)
  }
  const decision = form.get('decision')
  if (decision !== 'allow' && decision !== 'deny') return refuse('form', visit)
  const remember = form.get('remember') === 'yes'
  const first = closed
    ? null
    : decision === 'allow'
      ? await allow(interaction, remember, visit)
      : await deny(interaction, visit)
  // of two concurrent answers the first counts, and the other gets its result
  const before = closed ? interaction : await findInteraction(id)
  const answer = first ?? (await decidedBefore(before, decision, visit))
  return onPage(answer, interaction, form)
}

/** The decision on the consent page. A plain form posts it, so that it works without script. */
export const consentDecision = personalEndpoint('consent decision', {
  cors: false,
  methods: { POST: decide },
})
