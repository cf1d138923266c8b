import { isPublicAddress } from '@/lib/special-addresses'
import { isLoopbackOrigin } from '../addresses'
import { wasReachedByAnthropic } from '../evidence'
import { rule } from '../rule'
import { checkAgain } from '../words'

/** Claude checks every address before it sends anything. */
export const dnsNotPublic = rule({
  id: 'dns-not-public',
  symptom: 'Couldn’t reach the MCP server, and the log is empty',
  sources: ['claude.com/docs/connectors/building/troubleshooting', 'anthropics/claude-ai-mcp#214'],
  judge: (handshake, { probe, origin }) => {
    if (!probe || isLoopbackOrigin(origin)) return null
    if (handshake && wasReachedByAnthropic(handshake)) return null
    const { hostname } = new URL(origin)
    const hidden = probe.addresses.filter((address) => !isPublicAddress(address))
    if (hidden.length === 0 && probe.addresses.length > 0) return null
    const isUnknown = probe.addresses.length === 0
    // when no name at all resolves, this machine's DNS is at fault
    if (isUnknown && !probe.answers.some(({ error }) => error === 'ENOTFOUND')) return null
    return {
      confidence: 'likely',
      title: isUnknown
        ? `${hostname} does not resolve to any address`
        : `${hostname} resolves to an address that the internet cannot reach`,
      explanation: isUnknown
        ? 'There is no record for the name, or it has not propagated yet.'
        : 'Claude refuses a name if a single one of its addresses is private, loopback or behind carrier-grade NAT, before it sends a request. If this machine uses an internal name server, others may see other addresses: then ignore this finding.',
      observations: [`${hostname} → ${probe.addresses.join(', ') || 'no address'}`],
      fix: [
        {
          text: 'Give the name A records that are public, and only those. A tunnel (Cloudflare Tunnel, Tailscale Funnel) gives a machine at home one.',
          where: 'DNS of the domain',
        },
      ],
      verify: `${checkAgain} Ask a public resolver: dig @1.1.1.1 ${hostname}`,
    }
  },
})
