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
import type { SignedIn } from './endpoint'

type Asked = Pick<Interaction, 'redirectUri' | 'state'>

/**
 * The code of a grant (RFC 6749 §4.1.2). It is stored as its hash only, and yet can be made again, on
 * every instance, for as long as nobody has exchanged it: it takes the secret of this server and the
 * grant's random id to make it.
 */
export const codeOf = (grantId: string): string => `pac_${keyedHash('authorization-code', grantId)}`

/** The way back to the client with the code of a grant, with `iss` (RFC 9207 §2). */
export const redirectWithCode = ({ redirectUri, state }: Asked, grantId: string): string =>
  redirectWith(redirectUri, { code: codeOf(grantId), state, iss: addresses().issuer })

/** The way back to the client with a "no": RFC 6749 §4.1.2.1, with `iss` (RFC 9207 §2). */
export const redirectWithDenial = ({ redirectUri, state }: Asked, by: string): string =>
  redirectWith(redirectUri, {
    error: 'access_denied',
    error_description: `${by} declined`,
    state,
    iss: addresses().issuer,
  })

/**
 * What became of an answer. `href`: the way back to the client, the same as before, where it may be
 * gone again: the code was not exchanged yet, or the answer was no.
 */
export type Answered =
  | { readonly state: 'allowed' | 'denied'; readonly href: string }
  /** the code was exchanged; it ran out before that; the connection has ended since */
  | { readonly state: 'connected' | 'lapsed' | 'ended'; readonly href?: undefined }

async function ofGrant(interaction: Interaction, grantId: string, now: Date) {
  const code = await findCode(hashSecret(codeOf(grantId)))
  if (!code) return null
  if (code.grantStatus === 'revoked') return { state: 'ended' as const }
  if (code.consumedAt) return { state: 'connected' as const }
  // a code is good once and for its minute, however often its person comes for it
  if (code.expiresAt <= now) return { state: 'lapsed' as const }
  return { state: 'allowed' as const, href: redirectWithCode(interaction, grantId) }
}

/**
 * What became of the answer that this person has given. Nobody else gets to know.
 *
 * @returns `null` where they gave none, or too long ago to tell
 */
export async function answeredBy(
  interaction: Interaction,
  user: Pick<SignedIn, 'id'>,
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
 * Gives an answer again that was given before: a second press, a reload, a link that is followed once
 * more. It decides nothing, so that a browser that lost its way gets there all the same.
 *
 * @returns the same redirect while it is of use, else the way to the page that says what became of it
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
