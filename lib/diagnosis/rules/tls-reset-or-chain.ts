import { wasReachedByAnthropic } from '../evidence'
import { probeText } from '../probe'
import { rule } from '../rule'
import { checkAgain } from '../words'

const certificateErrors: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The server sends its certificate without the intermediate one. Browsers find it by themselves, clients do not.',
  UNABLE_TO_GET_ISSUER_CERT: 'The server sends an incomplete chain of certificates.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The issuer of the certificate is not known: an intermediate certificate is missing, or the authority is private.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate comes from a private authority.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name.',
  CERT_NOT_YET_VALID: 'The certificate is not valid yet, or a clock is wrong.',
}
const brokenOff = new Set(['ECONNRESET', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'])

/** TLS fails before HTTP begins. */
export const tlsResetOrChain = rule({
  id: 'tls-reset-or-chain',
  symptom: 'Couldn’t reach, server configuration issue, while a browser shows the page',
  sources: ['anthropics/claude-ai-mcp#479', 'anthropics/claude-ai-mcp#457', 'RFC 8446 §4.4.2'],
  judge: (handshake, { probe, origin }) => {
    if (!probe || !origin.startsWith('https:')) return null
    if (handshake && wasReachedByAnthropic(handshake)) return null
    const bad = probe.answers.find(({ error }) => error !== null && error in certificateErrors)
    const cut = probe.answers.find(({ error }) => error !== null && brokenOff.has(error))
    const answer = bad ?? cut
    if (!answer) return null
    return {
      confidence: bad ? 'confirmed' : 'likely',
      title: bad
        ? 'The certificate of this server is not accepted by clients'
        : 'The TLS connection to this server fails',
      explanation: bad
        ? (certificateErrors[bad.error ?? ''] ?? '')
        : 'The connection was reset during the TLS handshake: a firewall that blocks data centres, no TLS on that port, or a name that the TLS server does not know.',
      observations: [probeText(answer)],
      fix: [
        {
          text: 'Serve the whole chain (fullchain.pem, not cert.pem) of a public authority, for exactly this name, and renew it automatically.',
          where: 'the TLS server in front: nginx `ssl_certificate`, Caddy, the load balancer',
        },
        'Let 160.79.104.0/21 through the firewall on port 443.',
      ],
      verify: `${checkAgain} See the chain: openssl s_client -connect ${new URL(origin).host}${new URL(origin).port ? '' : ':443'} -servername ${new URL(origin).hostname}`,
    }
  },
})
