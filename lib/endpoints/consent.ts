import 'server-only'
import { env } from '@/lib/env'
import { type Exchange, openExchange } from '@/lib/events/exchange'
import { record } from '@/lib/events/recorder'
import { isLoopbackRedirect, redirectHost } from '@/lib/oauth/redirect-uri'
import { describeScope } from '@/lib/oauth/scope'
import { heldScope, withheldScope } from '@/lib/oauth/step-up'
import { keyedHash } from '@/lib/secrets'
import { settings } from '@/lib/settings'
import { findInteraction, type Interaction, noteShown } from '@/lib/store/interactions'
import { mayRemember } from './approve'
import type { ConsentView } from './consent-view'
import type { SignedIn } from './endpoint'

/**
 * Binds the consent form to the person it was shown to and to what it was shown for, so that a role
 * that grew meanwhile grants nothing that was not on the page.
 */
export const consentToken = (
  { id, scope }: Pick<Interaction, 'id' | 'scope'>,
  user: Pick<SignedIn, 'id' | 'role'>,
): string => keyedHash('csrf', `consent:${id}:${user.id}:${heldScope(scope, user.role)}`)

/** Why an interaction takes no answer any more, or `null` while it does. */
export function closedBecause(
  interaction: Interaction | null,
  now: Date,
): 'unknown' | 'decided' | 'expired' | null {
  if (!interaction || interaction.client.disabledAt) return 'unknown'
  if (interaction.decidedAt) return 'decided'
  return interaction.expiresAt <= now ? 'expired' : null
}

function openView(interaction: Interaction, user: SignedIn): ConsentView {
  const { client } = interaction
  return {
    state: 'open',
    interactionId: interaction.id,
    csrf: consentToken(interaction, user),
    client: {
      id: client.id,
      name: client.name,
      kind: client.kind,
      uri: client.uri,
      registeredAt: client.createdAt.toISOString(),
    },
    redirectHost: redirectHost(interaction.redirectUri),
    redirectUri: interaction.redirectUri,
    loopback: isLoopbackRedirect(interaction.redirectUri),
    scopes: describeScope(heldScope(interaction.scope, user.role)),
    withheld: describeScope(withheldScope(interaction.scope, user.role)),
    resource: interaction.resource,
    rememberable: mayRemember(interaction),
    user: { email: user.email, name: user.name },
    serverName: settings().serverName,
    accessTokenMinutes: settings().lifetimes.accessToken / 60,
    refreshTokenDays: settings().lifetimes.refreshIdle / 86_400,
    expiresAt: interaction.expiresAt.toISOString(),
  }
}

async function noteConsentShown(
  interaction: Interaction,
  user: SignedIn,
  exchange: Exchange,
): Promise<void> {
  if (!(await noteShown(interaction.id, exchange.startedAt))) return
  record(exchange, 'consent.shown', 200, {
    clientName: interaction.client.name,
    scope: heldScope(interaction.scope, user.role),
  })
}

/**
 * What the consent page shows to whoever is signed in, and a note in the log that it was shown.
 *
 * @param headers of the page's request
 */
export async function readConsent(
  interactionId: string,
  headers: Headers,
  user: SignedIn,
): Promise<ConsentView> {
  const interaction = await findInteraction(interactionId.slice(0, 100))
  const closed = closedBecause(interaction, new Date())
  if (closed || !interaction)
    return { state: closed ?? 'unknown', serverName: settings().serverName }
  const path = `/consent/${interaction.id}`
  const exchange = openExchange({ method: 'GET', path, headers }, env().proxyHops)
  exchange.ids.interactionId = interaction.id
  exchange.ids.clientId = interaction.clientId
  exchange.ids.userId = user.id
  await noteConsentShown(interaction, user, exchange)
  return openView(interaction, user)
}
