import 'server-only'
import { isIdentityAssured } from '@/lib/oauth/consent'
import type { Interaction } from '@/lib/store/grants/interactions'

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
