import type { Handshake } from '@/lib/handshake/handshake'
import { answersAgain, detailText, has, isControlPlane, newest } from '../evidence'
import { handshakeRule, type Step } from '../rule'

/** Claude exchanges a code within a second or two. */
const overdueMs = 30_000

/** Where the browser should take the code, in the terms of {@link redirectHost}. */
type Place = 'app' | 'loopback' | 'hosted' | 'elsewhere'

function placeOf(redirectHost: string, { surface }: Handshake): Place {
  if (redirectHost.startsWith('the app that handles ')) return 'app'
  if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/.test(redirectHost)) return 'loopback'
  return surface === 'claude-hosted' ? 'hosted' : 'elsewhere'
}

const waitingProgram = {
  explanation:
    'The program that waits for the answer was closed, listens on another port, or a firewall on the person’s machine stopped it.',
  fix: [
    'Start the sign-in again from the client and leave it open until the browser says that it is done.',
  ],
}

/** Why a browser does not get there, and what to do. */
const ways: Readonly<
  Record<Place, { readonly explanation: string; readonly fix: readonly Step[] }>
> = {
  app: {
    explanation:
      'The browser did not pass the answer to the app: the app is not on that device, or the browser’s question whether to open it was dismissed. The consent page offers the link again.',
    fix: [
      'Connect again from the app, on the device that it is installed on, and let the browser open it.',
    ],
  },
  loopback: waitingProgram,
  elsewhere: waitingProgram,
  hosted: {
    explanation:
      'The browser did not arrive at claude.ai, arrived in a browser that is not signed in there, or a content blocker stopped the page. Less often the POST to /token is held back in front of this server.',
    fix: [
      'Connect again in the browser in which you are signed in to claude.ai, without private mode and with content blockers off.',
      {
        text: 'Look for a rule that stops POST /token: a form body without cookies looks like an attack to some firewalls.',
        where: 'firewall in front of this server',
      },
    ],
  },
}

/** The client's code was issued, and the token endpoint got no request. */
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
    const redirectHost = detailText(code, 'redirectHost')
    const again = answersAgain(handshake)
    const { explanation, fix } = ways[placeOf(redirectHost, handshake)]
    const observations = [
      ...(handshake.events.some(isControlPlane)
        ? ['the same client reached this server before, from “python-httpx”']
        : []),
      ...(again.length > 0
        ? [`the person sent the answer ${again.length + 1} times, always to the same place`]
        : []),
    ]
    return {
      confidence: 'likely',
      title:
        again.length > 0
          ? `The browser came back without having arrived at ${redirectHost || 'the client'}`
          : 'The browser was sent back with a code, and the client never exchanged it',
      explanation:
        again.length > 0
          ? `${explanation} The client got no answer, so the fault is on the way to it and not in it.`
          : explanation,
      evidence: [code, ...again],
      observations,
      fix,
    }
  },
})
