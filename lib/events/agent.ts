import { agentNameOf, hostedSignIn, productByAgent } from '@/lib/products/product'
import { runtimeIn } from '@/lib/products/runtimes'

/** The self-check: no client, and no part of any handshake. */
export const selfCheckAgent = 'Portico (self-check)'

/** How much of a user agent is stored and matched: every request is matched against all known ones. */
export const longestAgent = 300

/** Requests of this server itself; its probes use the names of others as well. */
const own: readonly (readonly [string, string])[] = [
  ['portico-probe', selfCheckAgent],
  ['portico-try', 'npm run try'],
]

/** Every browser begins with the name of the first, and so do programs that are none. */
const isBrowser = (agent: string): boolean =>
  agent.includes('mozilla/') && /firefox|chrome|safari|gecko/.test(agent)

/**
 * Names the software behind a user agent; `null` when unknown.
 *
 * @param network where the request came from: `python-httpx` means Claude only from Anthropic's network;
 *   elsewhere it is any Python program
 */
export function nameAgent(userAgent: string | null, network: string | null): string | null {
  if (!userAgent) return null
  const text = userAgent.slice(0, longestAgent)
  const agent = text.toLowerCase()
  const ours = own.find(([mark]) => agent.includes(mark))
  if (ours) return ours[1]
  const product = productByAgent(text)
  if (product) return agentNameOf(product)
  if (agent.includes('python-httpx/') && network !== 'public') return hostedSignIn
  if (isBrowser(agent)) return 'Browser'
  return runtimeIn(text)
}
