import 'server-only'
import { isIdentityAssured } from '@/lib/oauth/consent'
import type { Interaction } from '@/lib/store/grants/interactions'

/** Hosts of well-known clients, which anybody may be sent to. */
const knownHosts = new Set(['claude.ai', 'claude.com', 'chatgpt.com', 'vscode.dev', 'cursor.com'])

/** Where a person starts again: a page of the client's own host. */
export type WayBack = { readonly host: string; readonly href: string }

/**
 * The way back to the client, where it is certain whose host that is: a name that somebody
 * registered is no reason to send people to an address that came with it.
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
