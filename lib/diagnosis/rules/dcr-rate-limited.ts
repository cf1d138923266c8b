import { refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** All users of hosted Claude share one network, and behind a proxy all clients may share one address. */
export const dcrRateLimited = handshakeRule({
  id: 'dcr-rate-limited',
  symptom: 'Could not register: too many requests',
  sources: ['anthropics/claude-ai-mcp#413', 'RFC 6585 §4'],
  judge: (handshake, { settings }) => {
    const throttled = refusedBecause(handshake, 'request.throttled', 'too-many-registrations').at(
      -1,
    )
    if (!throttled) return null
    return {
      confidence: 'confirmed',
      title: 'Too many registrations came from one place, and this one had to wait',
      explanation:
        'Registrations are counted per public address, and far more generously for networks that many share. A program that registers in a loop uses up the budget.',
      evidence: [throttled],
      fix: [
        {
          text: `Set PORTICO_PROXY_HOPS to the number of proxies in front (now ${settings.proxyHops}), so that clients are told apart by their own addresses.`,
          where: 'settings of this server',
        },
        {
          text: 'Look in the log for clients that register again and again.',
          where: 'Live log → client.registered',
        },
        'Wait a minute and connect again.',
      ],
    }
  },
})
