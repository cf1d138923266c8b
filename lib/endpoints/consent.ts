import 'server-only'
import { env } from '@/lib/config/env'
import { keyedHash } from '@/lib/config/secrets'
import { isLoopbackRedirect, redirectHost } from '@/lib/oauth/redirect-uri'
import { describeScope } from '@/lib/oauth/scope'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import { heldScope, withheldScope } from '@/lib/oauth/step-up'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { grantedScopes } from '@/lib/store/grants/grants'
import { findInteraction, type Interaction, noteShown } from '@/lib/store/grants/interactions'
import { settings } from '@/lib/store/settings/current'
import { answeredBy } from './answered'
import { needsApproval } from './approval'
import { mayRemember } from './approve'
import { closedBecause, heldState } from './consent-state'
import type { ConsentView } from './consent-view'
import type { SignedIn } from './endpoint'
import { browserMark } from './request-marks'
import { wayBack } from './way-back'

/**
 * Binds the consent form to the person and the scope it was shown with: if their role has grown since,
 * nothing is granted that was not on the page.
 */
export const consentToken = (
  { id, scope }: Pick<Interaction, 'id' | 'scope'>,
  user: Pick<SignedIn, 'id' | 'role'>,
): string => keyedHash('csrf', `consent:${id}:${user.id}:${heldScope(scope, user.role)}`)

/** Where an answer goes: to a site, to this computer, or to an app by a scheme. */
const placeOf = ({ redirectUri }: Interaction) => ({
  redirectHost: redirectHost(redirectUri),
  loopback: isLoopbackRedirect(redirectUri),
  viaScheme: !/^https?:/i.test(redirectUri),
})

/** The page for an interaction that accepts no answer from this person. */
async function closedView(
  interaction: Interaction | null,
  closed: NonNullable<ReturnType<typeof closedBecause>>,
  user: SignedIn,
): Promise<ConsentView> {
  const now = new Date()
  const common = { serverName: settings().serverName, wayBack: wayBack(interaction) }
  const mayWatch = user.role !== 'member'
  const held = interaction && heldState(interaction, user, now)
  const answered =
    interaction && closed === 'decided' ? await answeredBy(interaction, user, now) : null
  if (interaction && (held || answered)) {
    const shared = {
      ...common,
      ...placeOf(interaction),
      interactionId: interaction.id,
      clientName: shownText(interaction.client.name, longestName),
    }
    if (held) return { state: held, ...shared, expiresAt: interaction.expiresAt.toISOString() }
    if (answered) return { state: answered.state, ...shared, mayWatch }
  }
  const isOthers = (interaction?.ownerId ?? user.id) !== user.id
  return {
    state: isOthers ? 'others' : closed === 'held' ? 'decided' : closed,
    ...common,
    mayWatch,
  }
}

/** The scopes to grant, and which of them this person already allows this client. */
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
    ...placeOf(interaction),
    redirectUri: interaction.redirectUri,
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
  headers: Headers,
): Promise<void> {
  if (!(await noteShown(interaction.id, exchange.startedAt))) return
  record(exchange, 'consent.shown', 200, {
    clientName: interaction.client.name,
    scope: heldScope(interaction.scope, user.role),
    browser: browserMark(headers),
  })
}

/**
 * The consent page for the signed-in person. Records that it was shown.
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
  await noteConsentShown(interaction, user, exchange, headers)
  return openView(interaction, user)
}
