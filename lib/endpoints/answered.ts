import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import { seeOther } from '@/lib/http/responses'
import { redirectHost, redirectWith } from '@/lib/oauth/redirect-uri'
import { hashSecret } from '@/lib/oauth/secret'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import type { Interaction } from '@/lib/store/grants/interactions'
import { findCode } from '@/lib/store/tokens/tokens'
import { addresses } from './addresses'
import type { SignedInPerson } from './endpoint'

type Asked = Pick<Interaction, 'redirectUri' | 'state'>

/**
 * The authorization code of a grant (RFC 6749 §4.1.2). Only its hash is stored, but every instance can
 * derive it again, from this server's secret and the grant's random id, until it is exchanged.
 */
export const codeOf = (grantId: string): string => `pac_${keyedHash('authorization-code', grantId)}`

/** The redirect to the client with the grant's code and `iss` (RFC 9207 §2). */
export const redirectWithCode = ({ redirectUri, state }: Asked, grantId: string): string =>
  redirectWith(redirectUri, { code: codeOf(grantId), state, iss: addresses().issuer })

/** The redirect to the client with a denial: RFC 6749 §4.1.2.1, with `iss` (RFC 9207 §2). */
export const redirectWithDenial = ({ redirectUri, state }: Asked, by: string): string =>
  redirectWith(redirectUri, {
    error: 'access_denied',
    error_description: `${by} declined`,
    state,
    iss: addresses().issuer,
  })

/**
 * The outcome of an answer. `href`: the same redirect to the client as before, while it is still of
 * use: the code was not exchanged yet, or the answer was no.
 */
export type Answered =
  | { readonly state: 'allowed' | 'denied'; readonly href: string }
  /** the code was exchanged; it expired first; the connection has ended since */
  | { readonly state: 'connected' | 'lapsed' | 'ended'; readonly href?: undefined }

async function ofGrant(interaction: Interaction, grantId: string, now: Date) {
  const code = await findCode(hashSecret(codeOf(grantId)))
  if (!code) return null
  if (code.grantStatus === 'revoked') return { state: 'ended' as const }
  if (code.consumedAt) return { state: 'connected' as const }
  // a code works once and for one minute, however often the person repeats the request
  if (code.expiresAt <= now) return { state: 'lapsed' as const }
  return { state: 'allowed' as const, href: redirectWithCode(interaction, grantId) }
}

/**
 * The outcome of the answer this person gave. Other people never see it.
 *
 * @returns `null` when they gave none, or it is too long ago to know
 */
export async function answeredBy(
  interaction: Interaction,
  user: Pick<SignedInPerson, 'id'>,
  now: Date,
): Promise<Answered | null> {
  const { decision, grantId, ownerId } = interaction
  if (ownerId !== user.id) return null
  if (decision === 'denied') {
    const by = interaction.heldAt ? 'an operator of the server' : 'the person'
    return { state: 'denied', href: redirectWithDenial(interaction, by) }
  }
  return decision === 'allowed' && grantId ? ofGrant(interaction, grantId, now) : null
}

/**
 * Repeats an earlier answer: a second click, a reload, a link opened again. It decides nothing, but a
 * browser that went astray still arrives.
 *
 * @returns the same redirect while it is of use, otherwise a redirect to the page with the outcome
 */
export function answerAgain(
  interaction: Interaction,
  answered: Answered,
  exchange: Exchange,
): Response {
  exchange.ids.grantId = interaction.grantId ?? undefined
  record(exchange, 'consent.repeated', 303, {
    clientName: interaction.client.name,
    decision: interaction.decision ?? 'denied',
    became: answered.state,
    redirectHost: redirectHost(interaction.redirectUri),
  })
  return seeOther(answered.href ?? `/consent/${interaction.id}`)
}
