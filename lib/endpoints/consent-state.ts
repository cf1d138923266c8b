import 'server-only'
import { isIdentityAssured } from '@/lib/oauth/consent'
import type { Exchange } from '@/lib/recorder/request'
import { findInteraction, type Interaction } from '@/lib/store/grants/interactions'
import type { SignedInPerson } from './endpoint'

/** The id in a path below `/consent/<interaction>`. */
export const interactionIn = (request: Request): string =>
  new URL(request.url).pathname.split('/')[2]?.slice(0, 100) ?? ''

/** Finds an interaction, and records that the exchange is part of it. */
export async function interactionOf(id: string, { ids }: Exchange): Promise<Interaction | null> {
  const interaction = await findInteraction(id)
  if (!interaction) return null
  ids.interactionId = interaction.id
  ids.clientId = interaction.clientId
  return interaction
}

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
  user: Pick<SignedInPerson, 'id'>,
  now: Date,
): 'waiting' | 'released' | 'refused' | null {
  if (!interaction.heldAt || interaction.heldById !== user.id) return null
  const closed = closedBecause(interaction, now)
  if (closed === 'decided' && interaction.decision === 'denied') return 'refused'
  if (closed !== 'held') return null
  return interaction.releasedAt || interaction.client.approvedAt ? 'released' : 'waiting'
}

/** Hosts of well-known clients, safe to link to. */
const knownHosts = new Set(['claude.ai', 'claude.com', 'chatgpt.com', 'vscode.dev', 'cursor.com'])

/** Where a person can start again: a page on the client's own host. */
export type WayBack = { readonly host: string; readonly href: string }

/**
 * The link back to the client, if its host is certain: a registered name alone is no reason to send
 * people to the address that came with it.
 */
export function wayBack(
  interaction: Pick<Interaction, 'client' | 'redirectUri'> | null,
): WayBack | null {
  if (!interaction || !URL.canParse(interaction.redirectUri)) return null
  const { client, redirectUri } = interaction
  const { protocol, host, origin } = new URL(redirectUri)
  if (protocol !== 'https:') return null
  const isSafe = isIdentityAssured(client, redirectUri) || knownHosts.has(host)
  return isSafe ? { host, href: `${origin}/` } : null
}
