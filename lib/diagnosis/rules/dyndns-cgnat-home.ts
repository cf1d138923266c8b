import { isPublicAddress } from '@/lib/special-addresses'
import { isCarrierGradeNat } from '../addresses'
import { wasReachedByAnthropic } from '../evidence'
import { isUnanswered } from '../probe'
import { rule } from '../rule'

const dynamicHosts =
  /\.(synology\.me|myds\.me|diskstation\.me|quickconnect\.to|myqnapcloud\.com|duckdns\.org|ddns\.net|hopto\.org|zapto\.org|sytes\.net|dynu\.net|dyndns\.org|dynv6\.net|myfritz\.net|freeddns\.org|mooo\.com)$/

/** A home machine behind carrier-grade NAT. */
export const dyndnsCgnatHome = rule({
  id: 'dyndns-cgnat-home',
  symptom: 'Couldn’t reach the MCP server at home',
  sources: ['anthropics/claude-ai-mcp#214', 'RFC 6598'],
  judge: (handshake, { probe, origin }) => {
    if (!probe || (handshake && wasReachedByAnthropic(handshake))) return null
    const { hostname } = new URL(origin)
    const isShared = probe.addresses.some(isCarrierGradeNat)
    const isDynamic = dynamicHosts.test(hostname)
    const isHidden = probe.addresses.some((address) => !isPublicAddress(address))
    if (!isShared && !(isDynamic && (isHidden || isUnanswered(probe)))) return null
    return {
      confidence: isShared ? 'confirmed' : 'likely',
      title: 'This server is on a home network, and the internet cannot reach it',
      explanation: isShared
        ? 'The address belongs to the provider’s own NAT (100.64.0.0/10). No port forwarding on the router opens it.'
        : 'The name uses dynamic DNS. Its address is out of date, or the router does not forward port 443.',
      observations: [`${hostname} → ${probe.addresses.join(', ') || 'nothing'}`],
      fix: [
        {
          text: 'Use a tunnel that ends on port 443 with a certificate: Cloudflare Tunnel or Tailscale Funnel. Set PORTICO_URL to its address.',
          code: 'tailscale funnel 3000',
        },
        'Or ask the provider for a public IPv4 address, and forward port 443.',
      ],
    }
  },
})
