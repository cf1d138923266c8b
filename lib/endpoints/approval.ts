import 'server-only'
import { env } from '@/lib/config/env'
import { seeOther } from '@/lib/http/responses'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { heldScope } from '@/lib/oauth/step-up'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import type { Client } from '@/lib/store/clients/clients'
import { holdInteraction } from '@/lib/store/grants/approvals'
import type { Interaction } from '@/lib/store/grants/interactions'
import type { Role } from '@/lib/vocabulary'
import type { SignedIn } from './endpoint'

/** Whether a "yes" from someone with this role approves the client for everyone. */
export const approvesClients = (role: Role): boolean => role === 'admin' || role === 'operator'

/** Whether this person's "yes" to this client waits for an operator. */
export const needsApproval = (client: Pick<Client, 'approvedAt'>, user: SignedIn): boolean =>
  env().clientApproval === 'first-seen' && client.approvedAt === null && !approvesClients(user.role)

/**
 * Holds a person's "yes" until an operator decides about the client. The code is not issued until the
 * person's browser comes back for it.
 *
 * @returns a redirect to the waiting page, or `null` when the interaction was already decided
 */
export async function hold(
  interaction: Interaction,
  user: SignedIn,
  remember: boolean,
  exchange: Exchange,
): Promise<Response | null> {
  const at = new Date()
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
  const isHeld = await commit(exchange, (tell) =>
    holdInteraction(interaction.id, held, [tell('consent.held', detail, 303)]),
  )
  if (!isHeld) return null
  return seeOther(`/consent/${interaction.id}`)
}
