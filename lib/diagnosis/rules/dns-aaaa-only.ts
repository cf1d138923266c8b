import { isIpv4, isLoopbackOrigin } from '../addresses'
import { wasReachedByAnthropic } from '../evidence'
import { rule } from '../rule'
import { checkAgain } from '../words'

/** Claude's connectors call over IPv4. */
export const dnsAaaaOnly = rule({
  id: 'dns-aaaa-only',
  symptom: 'Couldn’t reach the MCP server, and the log is empty',
  sources: ['claude.com/docs/connectors/building/troubleshooting'],
  judge: (handshake, { probe, origin }) => {
    if (!probe || probe.addresses.length === 0 || isLoopbackOrigin(origin)) return null
    if (handshake && wasReachedByAnthropic(handshake)) return null
    if (probe.addresses.some(isIpv4)) return null
    const { hostname } = new URL(origin)
    return {
      confidence: 'confirmed',
      title: `${hostname} has no IPv4 address, and Claude calls over IPv4 only`,
      explanation: 'All addresses of the name are IPv6. Hosted Claude does not use them.',
      observations: [`${hostname} → ${probe.addresses.join(', ')}`],
      fix: [{ text: 'Add an A record. Behind a CDN, turn IPv4 on.', where: 'DNS of the domain' }],
      verify: `${checkAgain} Ask a public resolver: dig @1.1.1.1 ${hostname} A`,
    }
  },
})
