import { isUnanswered } from '../probe'
import { rule } from '../rule'

const timeouts = new Set([
  'timeout',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENOTFOUND',
])

/** From inside, a public address often cannot be reached (RFC 4787 §6, hairpinning). */
export const selfProbeUnreachable = rule({
  id: 'self-probe-unreachable',
  symptom: 'The self-check gets no answer',
  sources: ['RFC 4787 §6'],
  judge: (handshake, { probe, origin }) => {
    if (handshake || !probe || !isUnanswered(probe)) return null
    if (!probe.answers.every(({ error }) => timeouts.has(error ?? ''))) return null
    const errors = [...new Set(probe.answers.map(({ error }) => error))].join(', ')
    return {
      confidence: 'possible',
      title: `This server cannot reach itself at ${origin}`,
      explanation:
        'That may mean nothing: many routers and container networks do not let a machine reach its own public address. It may also be that nobody can reach it. From inside, the two look the same.',
      observations: [`${probe.answers.length} requests, no answer: ${errors}`],
      fix: [
        {
          text: 'Try from another network, such as a phone without Wi-Fi. A 401 with WWW-Authenticate is the right answer.',
          code: `curl -i -X POST ${origin}/mcp`,
        },
      ],
    }
  },
})
