import 'server-only'
import { env } from '@/lib/config/env'
import { seeOther } from '@/lib/http/responses'
import { coversScope, isIdentityAssured, rememberedSince } from '@/lib/oauth/consent'
import { type KeptParameters, keptOf } from '@/lib/oauth/kept-parameters'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { heldScope } from '@/lib/oauth/step-up'
import { commit } from '@/lib/recorder/recorder'
import type { Client } from '@/lib/store/clients/clients'
import { holdInteraction } from '@/lib/store/grants/approvals'
import { findConsent } from '@/lib/store/grants/consents'
import { allowInteraction } from '@/lib/store/grants/grants'
import type { Interaction } from '@/lib/store/grants/interactions'
import { currentSettings } from '@/lib/store/settings/current'
import type { Role } from '@/lib/vocabulary'
import { codeOf, redirectWithCode } from './answered'
import type { PersonalVisit, SignedInPerson } from './endpoint'

/** Whether a "yes" from someone with this role approves the client for everyone. */
const approvesClients = (role: Role): boolean => role === 'admin' || role === 'operator'

/** Whether this person's "yes" to this client waits for an operator. */
export const needsApproval = (client: Pick<Client, 'approvedAt'>, user: SignedInPerson): boolean =>
  env().clientApproval === 'first-seen' && client.approvedAt === null && !approvesClients(user.role)

/**
 * Holds a person's "yes" until an operator decides about the client. The code is not issued until the
 * person's browser comes back for it.
 *
 * @returns a redirect to the waiting page, or `null` when the interaction was already decided
 */
export async function hold(
  interaction: Interaction,
  remember: boolean,
  visit: PersonalVisit,
): Promise<Response | null> {
  const at = new Date()
  const { signedIn: user } = visit
  const scope = heldScope(interaction.scope, user.role)
  const until = later(at, lifetimes.held)
  const held = {
    heldAt: at,
    heldById: user.id,
    heldScope: scope,
    heldRemember: remember,
    expiresAt: new Date(Math.max(interaction.expiresAt.getTime(), until.getTime())),
  }
  const detail = {
    clientName: interaction.client.name,
    scope,
    redirectHost: redirectHost(interaction.redirectUri),
  }
  const isHeld = await commit(visit, (describe) =>
    holdInteraction(interaction.id, held, [describe('consent.held', detail, 303)]),
  )
  return isHeld ? seeOther(`/consent/${interaction.id}`) : null
}

/** The parts of an interaction that an approval is bound to. */
export type Approvable = Pick<
  Interaction,
  'id' | 'clientId' | 'redirectUri' | 'state' | keyof KeptParameters
> & { readonly client: Omit<Interaction['client'], 'uri'> }

/** Identifies the client as it was when approved. */
const clientHash = ({ client }: Approvable): string =>
  client.documentHash ?? hashSecret(JSON.stringify([client.redirectUris, client.authMethod]))

/** Whether this "yes" may be remembered. */
export const mayRemember = ({ client, redirectUri }: Approvable): boolean =>
  isIdentityAssured(client, redirectUri)

/**
 * Finds an earlier "yes, and remember it" to exactly this request (OAuth 2.1 §4.1.1).
 *
 * @returns the id of that consent, or `null`
 */
export async function rememberedConsent(
  interaction: Approvable,
  user: SignedInPerson,
): Promise<string | null> {
  if (!mayRemember(interaction)) return null
  const { clientId, resource } = interaction
  const scope = heldScope(interaction.scope, user.role)
  const key = { userId: user.id, clientId, resource }
  const since = rememberedSince(new Date(), currentSettings().lifetimes.refreshMax)
  const consent = await findConsent(key, since)
  const isSame = consent?.clientHash === clientHash(interaction)
  return consent && isSame && coversScope(consent.scope, scope) ? consent.id : null
}

/**
 * RFC 6749 §4.1.2: creates a grant, and a code bound to every part of the request.
 *
 * @param how `remember`: the person chose it; `remembered`: the earlier consent, when the person was
 *   not asked this time
 * @returns the redirect with the code, or `null` when the interaction was already decided, or the
 *   remembered consent was deleted meanwhile
 */
export async function approve(
  interaction: Approvable,
  how: { readonly remember: boolean; readonly remembered: string | null },
  visit: PersonalVisit,
): Promise<Response | null> {
  const now = new Date()
  const { id: userId, role } = visit.signedIn
  const { clientId, redirectUri, resource } = interaction
  // RFC 6749 §3.3: the granted scope may be less than the requested one
  const scope = heldScope(interaction.scope, role)
  const bound = { clientId, userId, redirectUri, scope, resource }
  const grant = { id: newId('grant_'), ...bound, createdAt: now }
  visit.ids.grantId = grant.id
  const row = {
    codeHash: hashSecret(codeOf(grant.id)),
    grantId: grant.id,
    ...keptOf(interaction),
    ...bound,
    createdAt: now,
    expiresAt: later(now, lifetimes.authorizationCode),
  }
  const remember =
    how.remember && mayRemember(interaction)
      ? { id: newId('con_'), clientHash: clientHash(interaction) }
      : undefined
  const approvesClient = approvesClients(role)
  const stored = { remember, remembered: how.remembered ?? undefined, approvesClient }
  const granted = {
    clientName: interaction.client.name,
    scope,
    remembered: how.remembered !== null || undefined,
  }
  const issued = {
    expiresIn: lifetimes.authorizationCode,
    redirectHost: redirectHost(redirectUri),
  }
  const allowed = await commit(visit, (describe) => {
    const events = [describe('consent.granted', granted, 303), describe('code.issued', issued, 303)]
    return allowInteraction(interaction.id, grant, row, events, stored)
  })
  if (allowed) return seeOther(redirectWithCode(interaction, grant.id))
  visit.ids.grantId = undefined
  return null
}
