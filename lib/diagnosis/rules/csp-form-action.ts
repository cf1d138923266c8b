import { answersAgain, newest, refusedBecause } from '../evidence'
import type { Facts } from '../facts'
import { handshakeRule } from '../rule'

/** Longer than any client takes from the redirect to the token. */
const overdueMs = 15_000

/** Portico sends no `form-action`: a proxy must have added one. */
const addedPolicy = ({ probe }: Facts): string | undefined =>
  probe?.answers
    .map(({ headers }) => headers['content-security-policy'] ?? '')
    .find((policy) => /\bform-action\b/.test(policy))

/** Chromium applies `form-action` to the whole redirect chain that a form starts. */
export const cspFormAction = handshakeRule({
  id: 'csp-form-action',
  symptom: 'The button on the consent page does nothing',
  sources: ['jlowin/fastmcp#2302', 'jlowin/fastmcp#3369', 'CSP3 §6.4.2'],
  judge: (handshake, facts, now) => {
    const code = newest(handshake, 'code.issued')
    if (!code || now < code.at + overdueMs) return null
    if (newest(handshake, 'token.issued', 'token.refused')) return null
    const again =
      answersAgain(handshake).at(-1) ??
      refusedBecause(handshake, 'consent.refused', 'consent-decided').at(-1)
    const policy = addedPolicy(facts)
    if (!again && !policy) return null
    return {
      confidence: again && policy ? 'confirmed' : policy ? 'likely' : 'possible',
      title: 'The browser does not follow the consent page’s answer back to the client',
      explanation:
        'Something in front of this server adds a Content-Security-Policy with “form-action”. Chromium then stops the redirect from the consent form to the client, the page stays as it is, and a second press changes nothing.',
      evidence: [code, again],
      observations: policy ? [`content-security-policy: ${policy.slice(0, 300)}`] : [],
      fix: [
        {
          text: 'Remove “form-action” from the policy that the proxy adds, or leave the header to Portico, which sends its own.',
          where:
            'nginx `add_header`, Apache `Header set`, Caddy `header`, Cloudflare response header transform rules',
        },
      ],
    }
  },
})
