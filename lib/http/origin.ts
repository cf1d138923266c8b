import { isLoopbackHost } from '@/lib/loopback'

/** Origins of Claude's own pages. */
const claudeOrigins = new Set(['https://claude.ai', 'https://claude.com'])

/**
 * Whether a page at `origin` may call the MCP endpoint (MCP transports, "Security Warning"). Requests
 * without an Origin do not come from a browser and pass.
 *
 * @param own the server's public origin
 * @param further origins the operator allows
 */
export function isAllowedOrigin(
  origin: string | null,
  own: string,
  further: readonly string[],
): boolean {
  if (origin === null || origin === own) return true
  if (claudeOrigins.has(origin) || further.includes(origin)) return true
  // developer tools such as the MCP Inspector run on the person's own machine
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname)
}

/**
 * Whether a Host may be a DNS name rebound to this machine. Only a server on loopback can be attacked
 * that way; elsewhere proxies rewrite Host, and it is not checked.
 */
export function isReboundHost(host: string | null, own: string): boolean {
  if (!isLoopbackHost(new URL(own).hostname) || host === null) return false
  const url = `http://${host}`
  return !URL.canParse(url) || !isLoopbackHost(new URL(url).hostname)
}
