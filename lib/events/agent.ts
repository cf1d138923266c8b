import { agentNameOf, hostedSignIn, productByAgent } from '@/lib/products/product'
import { runtimeIn } from '@/lib/products/runtimes'

/** This server looking at itself: no client, and no part of any handshake. */
export const selfCheckAgent = 'Portico (self-check)'

/** As much of a user agent as is stored, and looked at: every request is matched against all that is known. */
export const longestAgent = 300

/** What is this server's own; its questions bear the names of others as well. */
const own: readonly (readonly [string, string])[] = [
  ['portico-probe', selfCheckAgent],
  ['portico-try', 'npm run try'],
]

/** Every browser begins by the name of the first, and so do programs that are none. */
const isBrowser = (agent: string): boolean =>
  agent.includes('mozilla/') && /firefox|chrome|safari|gecko/.test(agent)

/**
 * Names the software behind a user agent, or `null` when nothing is known of it.
 *
 * @param network where the request came from: `python-httpx` means Claude only from Anthropic's
 *   network; elsewhere it is any Python program
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
  return runtimeIn(text)?.label ?? null
}
