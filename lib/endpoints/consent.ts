import 'server-only'
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
import { currentSettings } from '@/lib/store/settings/current'
import { type Answered, answeredBy } from './answered'
import { mayRemember, needsApproval } from './approve'
import { closedBecause, heldState, wayBack } from './consent-state'
import type { SignedInPerson } from './endpoint'
import { browserMark } from './request-marks'

/**
 * Binds the consent form to the person and the scope it was shown with: if their role has grown since,
 * nothing is granted that was not on the page.
 */
export const consentToken = (
  { id, scope }: Pick<Interaction, 'id' | 'scope'>,
  user: Pick<SignedInPerson, 'id' | 'role'>,
): string => keyedHash('csrf', `consent:${id}:${user.id}:${heldScope(scope, user.role)}`)

/** Where an answer goes. */
const placeOf = ({ redirectUri }: Interaction) => ({
  /** host (and port) of the redirect URI, or the scheme of a private-use URI */
  redirectHost: redirectHost(redirectUri),
  /** whether it is this computer, where any program may listen */
  loopback: isLoopbackRedirect(redirectUri),
  /** whether it is an app by a scheme, which any app may claim (RFC 8252 §8.1) */
  viaScheme: !/^https?:/i.test(redirectUri),
})

/** What a page shows of an answer that the person gave. */
const answerOf = (interaction: Interaction) => ({
  ...placeOf(interaction),
  serverName: currentSettings().serverName,
  /** where to start again, if that is certain */
  wayBack: wayBack(interaction),
  interactionId: interaction.id,
  clientName: shownText(interaction.client.name, longestName),
})

/** A "yes" that was held: an operator has not decided, has approved, or has denied it. */
const heldView = (interaction: Interaction, state: NonNullable<ReturnType<typeof heldState>>) => ({
  state,
  ...answerOf(interaction),
  expiresAt: interaction.expiresAt,
})

/** An answer and its outcome. @param mayWatch whether the person may open the dashboard */
const answeredView = (interaction: Interaction, state: Answered['state'], mayWatch: boolean) => ({
  state,
  ...answerOf(interaction),
  mayWatch,
})

/** An interaction that accepts no answer from this person; `others`: another account has answered it. */
const closedView = (
  interaction: Interaction | null,
  state: 'expired' | 'decided' | 'unknown' | 'others',
  mayWatch: boolean,
) => ({ state, serverName: currentSettings().serverName, wayBack: wayBack(interaction), mayWatch })

async function viewWithoutForm(
  interaction: Interaction | null,
  closed: NonNullable<ReturnType<typeof closedBecause>>,
  user: SignedInPerson,
) {
  const now = new Date()
  const mayWatch = user.role !== 'member'
  const held = interaction && heldState(interaction, user, now)
  if (held) return heldView(interaction, held)
  const answered =
    interaction && closed === 'decided' ? await answeredBy(interaction, user, now) : null
  if (interaction && answered) return answeredView(interaction, answered.state, mayWatch)
  const isOthers = (interaction?.ownerId ?? user.id) !== user.id
  const state = isOthers ? 'others' : closed === 'held' ? 'decided' : closed
  return closedView(interaction, state, mayWatch)
}

/** The scopes to grant; `already`: this person has a connection of this client with it. */
async function askedScopes(interaction: Interaction, user: SignedInPerson) {
  const { clientId, resource } = interaction
  const granted = await grantedScopes({ userId: user.id, clientId, resource })
  const before = new Set(granted.flatMap((scope) => scope.split(' ')))
  const scopes = describeScope(heldScope(interaction.scope, user.role))
  return scopes.map((scope) => ({ ...scope, already: before.has(scope.name) }))
}

async function openView(interaction: Interaction, user: SignedInPerson) {
  const { client } = interaction
  const { serverName, lifetimes } = currentSettings()
  return {
    state: 'open' as const,
    interactionId: interaction.id,
    csrf: consentToken(interaction, user),
    client: { id: client.id, name: shownText(client.name, longestName), kind: client.kind },
    ...placeOf(interaction),
    redirectUri: interaction.redirectUri,
    scopes: await askedScopes(interaction, user),
    /** whether a "yes" waits for an operator */
    needsApproval: needsApproval(client, user),
    /** requested scopes that the person's role cannot grant */
    withheld: describeScope(withheldScope(interaction.scope, user.role)),
    resource: interaction.resource,
    /** whether a "yes" may be remembered: it is certain who gets the answer */
    rememberable: mayRemember(interaction),
    user: { email: user.email },
    serverName,
    accessTokenMinutes: lifetimes.accessToken / 60,
    /** lifetime of an unused connection */
    refreshTokenDays: lifetimes.refreshIdle / 86_400,
    expiresAt: interaction.expiresAt,
  }
}

/** What the consent page shows. */
export type ConsentView = Awaited<ReturnType<typeof readConsent>>

/** A requested scope. */
export type AskedScope = Extract<ConsentView, { state: 'open' }>['scopes'][number]

async function noteConsentShown(
  interaction: Interaction,
  user: SignedInPerson,
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
export async function readConsent(interactionId: string, headers: Headers, user: SignedInPerson) {
  const interaction = await findInteraction(interactionId.slice(0, 100))
  const closed = closedBecause(interaction, new Date())
  if (closed || !interaction) return viewWithoutForm(interaction, closed ?? 'unknown', user)
  const path = `/consent/${interaction.id}`
  const exchange = openExchange({ method: 'GET', path, headers })
  exchange.ids.interactionId = interaction.id
  exchange.ids.clientId = interaction.clientId
  exchange.ids.userId = user.id
  await noteConsentShown(interaction, user, exchange, headers)
  return openView(interaction, user)
}
