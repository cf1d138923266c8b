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

/** Whether what a person of this role allows approves the client for everybody. */
export const approvesClients = (role: Role): boolean => role === 'admin' || role === 'operator'

/** Whether the "yes" of this person to this client waits for an operator. */
export const needsApproval = (client: Pick<Client, 'approvedAt'>, user: SignedIn): boolean =>
  env().clientApproval === 'first-seen' && client.approvedAt === null && !approvesClients(user.role)

/**
 * Keeps the "yes" of a person until an operator has decided about the client. No code is made: that
 * happens when the person's browser comes back for it.
 *
 * @returns the way to the page that waits, or `null` when the interaction was decided before
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
  const told = {
    clientName: interaction.client.name,
    scope,
    redirectHost: redirectHost(interaction.redirectUri),
  }
  const isHeld = await commit(exchange, (tell) =>
    holdInteraction(interaction.id, held, [tell('consent.held', told, 303)]),
  )
  if (!isHeld) return null
  return seeOther(`/consent/${interaction.id}`)
}
