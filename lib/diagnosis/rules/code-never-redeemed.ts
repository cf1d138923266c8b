import { has, idsOf, isControlPlane, newest } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** Claude exchanges a code within a second or two. */
const overdueMs = 30_000

/** The code left for the client, and the token endpoint was never asked. */
export const codeNeverRedeemed = handshakeRule({
  id: 'code-never-redeemed',
  symptom: 'The code is issued, and /token is never called',
  sources: [
    'anthropics/claude-ai-mcp#124',
    'anthropics/claude-ai-mcp#480',
    'anthropics/claude-ai-mcp#620',
    'anthropics/claude-ai-mcp#683',
  ],
  judge: (handshake, _facts, now) => {
    const code = newest(handshake, 'code.issued')
    if (!code || now < code.at + overdueMs) return null
    if (has(handshake, 'token.issued', 'token.refused', 'code.replayed', 'request.throttled')) {
      return null
    }
    const isHosted = handshake.surface === 'claude-hosted'
    const signedIn = handshake.events.some(isControlPlane)
    return {
      confidence: 'likely',
      title: 'The browser was sent back with a code, and nobody came to exchange it',
      explanation: isHosted
        ? 'The browser did not arrive at claude.ai, arrived in a browser that is not signed in there, or a content blocker stopped the page. Less often the POST to /token is held back in front of this server.'
        : 'The program that waits for the answer was closed, listens on another port, or a firewall on the person’s machine stopped it.',
      evidence: idsOf(code),
      observations: signedIn
        ? ['the same client reached this server before, from “python-httpx”']
        : [],
      fix: isHosted
        ? [
            {
              text: 'Connect again in the browser in which you are signed in to claude.ai, without private mode and with content blockers off.',
            },
            {
              text: 'Look for a rule that stops POST /token: a form body without cookies looks like an attack to some firewalls.',
              where: 'firewall in front of this server',
            },
          ]
        : [
            {
              text: 'Start the sign-in anew from the client and leave it open until the browser says that it is done.',
            },
          ],
      verify: connectAgain,
    }
  },
})
