import 'server-only'
import { env } from '@/lib/env'
import { type Exchange, openExchange } from '@/lib/events/exchange'
import { record } from '@/lib/events/recorder'
import { isLoopbackRedirect, redirectHost } from '@/lib/oauth/redirect-uri'
import { describeScope } from '@/lib/oauth/scope'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import { heldScope, withheldScope } from '@/lib/oauth/step-up'
import { keyedHash } from '@/lib/secrets'
import { settings } from '@/lib/settings'
import { grantedScopes } from '@/lib/store/grants'
import { findInteraction, type Interaction, noteShown } from '@/lib/store/interactions'
import { needsApproval } from './approval'
import { mayRemember } from './approve'
import type { ConsentView } from './consent-view'
import type { SignedIn } from './endpoint'
import { wayBack } from './way-back'

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
): 'unknown' | 'decided' | 'expired' | 'held' | null {
  if (!interaction || interaction.client.disabledAt) return 'unknown'
  if (interaction.decidedAt) return 'decided'
  if (interaction.expiresAt <= now) return 'expired'
  return interaction.heldAt ? 'held' : null
}

/**
 * How it stands with the "yes" of this person that was held for an operator: `waiting`, `released`
 * to go on, or `refused`; `null` where there is none, it is over, or it is somebody else's.
 */
export function heldState(
  interaction: Interaction,
  user: Pick<SignedIn, 'id'>,
  now: Date,
): 'waiting' | 'released' | 'refused' | null {
  if (!interaction.heldAt || interaction.heldById !== user.id) return null
  const closed = closedBecause(interaction, now)
  if (closed === 'decided' && interaction.decision === 'denied') return 'refused'
  if (closed !== 'held') return null
  return interaction.releasedAt || interaction.client.approvedAt ? 'released' : 'waiting'
}

/** What a person sees who comes to a request that takes no answer of theirs. */
function closedView(
  interaction: Interaction | null,
  closed: NonNullable<ReturnType<typeof closedBecause>>,
  user: SignedIn,
): ConsentView {
  const common = { serverName: settings().serverName, wayBack: wayBack(interaction) }
  const held = interaction && heldState(interaction, user, new Date())
  if (interaction && held) {
    return {
      state: held,
      ...common,
      interactionId: interaction.id,
      clientName: shownText(interaction.client.name, longestName),
      redirectHost: redirectHost(interaction.redirectUri),
      expiresAt: interaction.expiresAt.toISOString(),
    }
  }
  const isOthers = (interaction?.ownerId ?? user.id) !== user.id
  return {
    state: isOthers ? 'others' : closed === 'held' ? 'decided' : closed,
    ...common,
    mayWatch: user.role !== 'member',
  }
}

/** What would be granted, and which of it this person allows this client already. */
async function askedScopes(interaction: Interaction, user: SignedIn) {
  const { clientId, resource } = interaction
  const granted = await grantedScopes({ userId: user.id, clientId, resource })
  const before = new Set(granted.flatMap((scope) => scope.split(' ')))
  const scopes = describeScope(heldScope(interaction.scope, user.role))
  return scopes.map((scope) => ({ ...scope, already: before.has(scope.name) }))
}

async function openView(interaction: Interaction, user: SignedIn): Promise<ConsentView> {
  const { client } = interaction
  return {
    state: 'open',
    interactionId: interaction.id,
    csrf: consentToken(interaction, user),
    client: {
      id: client.id,
      name: shownText(client.name, longestName),
      kind: client.kind,
      uri: client.uri,
      registeredAt: client.createdAt.toISOString(),
    },
    redirectHost: redirectHost(interaction.redirectUri),
    redirectUri: interaction.redirectUri,
    loopback: isLoopbackRedirect(interaction.redirectUri),
    viaScheme: !/^https?:/i.test(interaction.redirectUri),
    scopes: await askedScopes(interaction, user),
    needsApproval: needsApproval(client, user),
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
  if (closed || !interaction) return closedView(interaction, closed ?? 'unknown', user)
  const path = `/consent/${interaction.id}`
  const exchange = openExchange({ method: 'GET', path, headers }, env().proxyHops)
  exchange.ids.interactionId = interaction.id
  exchange.ids.clientId = interaction.clientId
  exchange.ids.userId = user.id
  await noteConsentShown(interaction, user, exchange)
  return openView(interaction, user)
}
