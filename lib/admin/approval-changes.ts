import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { commit, type Tell } from '@/lib/events/recorder'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { decideWaiting } from '@/lib/store/approvals'
import { findInteraction, type Interaction } from '@/lib/store/interactions'

const path = '/admin/approvals'

/** What was decided, for a notice. */
export type DecidedApproval = { readonly clientName: string }

const eventOf = (interaction: Interaction, approve: boolean, tell: Tell) => {
  const clientName = interaction.client.name
  if (!approve) {
    return tell('consent.denied', { clientName, byOperator: true }, undefined, 'refused')
  }
  return tell('consent.approved', {
    clientName,
    scope: interaction.heldScope ?? interaction.scope,
    redirectHost: redirectHost(interaction.redirectUri),
  })
}

/** What is decided about, for the audit trail. */
const subjectOf = ({ client, clientId, heldById, heldScope, redirectUri }: Interaction) => ({
  name: client.name,
  facts: { clientId, userId: heldById, redirectHost: redirectHost(redirectUri), scope: heldScope },
})

async function decide(id: string, approve: boolean): Promise<DecidedApproval | null> {
  const operator = await requireOperator('operator', path)
  const interaction = await findInteraction(id.slice(0, 100))
  if (!interaction) return null
  const exchange = await operatorExchange(operator, path)
  exchange.ids.interactionId = interaction.id
  exchange.ids.clientId = interaction.clientId
  const at = exchange.startedAt
  const until = later(at, lifetimes.held)
  const verdict = {
    approve,
    at,
    expiresAt: new Date(Math.max(interaction.expiresAt.getTime(), until.getTime())),
    actor: { userId: operator.id, address: exchange.address },
    detail: subjectOf(interaction),
  }
  const decided = await commit(exchange, (tell) =>
    decideWaiting(interaction, verdict, [eventOf(interaction, approve, tell)]),
  )
  return decided ? { clientName: interaction.client.name } : null
}

/**
 * Approves a client for everybody, and lets the person's "yes" go on.
 *
 * @returns `null` when it was decided or over before
 */
export async function approveHeld(id: string): Promise<DecidedApproval | null> {
  await requireOperator('operator', path)
  return decide(id, true)
}

/** Ends a person's "yes" with a "no". @returns `null` when it was decided or over before */
export async function denyHeld(id: string): Promise<DecidedApproval | null> {
  await requireOperator('operator', path)
  return decide(id, false)
}
