import type { Interaction } from '@/lib/store/grants/interactions'
import type { SignedIn } from './endpoint'

/** Why an interaction no longer accepts an answer, or `null` while it does. */
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
 * The state of this person's "yes" that was held for an operator; `null` when there is none, it is
 * over, or it is someone else's.
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
