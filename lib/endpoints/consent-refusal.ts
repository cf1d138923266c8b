import 'server-only'
import { htmlPage } from '@/lib/http/page'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import type { Interaction } from '@/lib/store/grants/interactions'
import { wayBack } from './consent-state'

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
export function refuse(
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
export function refuseOther({ id, decision }: Interaction, exchange: Exchange): Response {
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
