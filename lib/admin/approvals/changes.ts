import 'server-only'
import { type ActionResult, done, refused } from '@/lib/admin/outcome'
import { command } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { sentText } from '@/lib/http/sent'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import type { DescribeEvent } from '@/lib/recorder/recorder'
import { decideWaiting } from '@/lib/store/grants/approvals'
import { findInteraction, type Interaction } from '@/lib/store/grants/interactions'

const path = '/admin/approvals'

const eventOf = (interaction: Interaction, approve: boolean, describe: DescribeEvent) => {
  const clientName = interaction.client.name
  if (!approve) {
    return describe('consent.denied', { clientName, byOperator: true }, undefined, 'refused')
  }
  return describe('consent.approved', {
    clientName,
    scope: interaction.heldScope ?? interaction.scope,
    redirectHost: redirectHost(interaction.redirectUri),
  })
}

/** The subject of the decision, for the audit trail. */
const subjectOf = ({ client, clientId, heldById, heldScope, redirectUri }: Interaction) => ({
  name: client.name,
  facts: { clientId, userId: heldById, redirectHost: redirectHost(redirectUri), scope: heldScope },
})

const late = refused('This request was already decided or has expired')

async function decide(operator: Person, id: string, approve: boolean): Promise<ActionResult> {
  const interaction = await findInteraction(id.slice(0, 100))
  if (!interaction) return late
  const ids = { interactionId: interaction.id, clientId: interaction.clientId }
  const decided = await commitBy(operator, ids, (describe, { address }, at) => {
    const until = later(at, lifetimes.held)
    const verdict = {
      approve,
      at,
      expiresAt: new Date(Math.max(interaction.expiresAt.getTime(), until.getTime())),
      detail: subjectOf(interaction),
      actor: { userId: operator.id, address },
    }
    return decideWaiting(interaction, verdict, [eventOf(interaction, approve, describe)])
  })
  if (!decided) return late
  return done(`${interaction.client.name} is ${approve ? 'approved' : 'denied'}`)
}

/** Approves a client for everyone, and continues the person's request. */
export const approveHeld = command({ role: 'operator', path, takes: [sentText] }, (operator, id) =>
  decide(operator, id, true),
)

/** Denies one person's request. */
export const denyHeld = command({ role: 'operator', path, takes: [sentText] }, (operator, id) =>
  decide(operator, id, false),
)
