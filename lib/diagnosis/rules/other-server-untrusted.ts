import { tlsCauseOf, trustAuthority } from '@/lib/tls-cause'
import { eventsBecause, named } from '../evidence'
import type { OtherServer } from '../facts'
import type { FixStep } from '../finding'
import { rule } from '../rule'

const inWords = ({ what, at, tls }: OtherServer): string =>
  `${what} at ${at}: ${tlsCauseOf(tls)?.meaning ?? tls} (${tls})`

const fixOf = ({ tls }: OtherServer): FixStep[] =>
  tlsCauseOf(tls)?.isOfAuthority
    ? [
        {
          text: `Where the authority is your own, ${trustAuthority}, and restart. Its file holds the certificate of the authority, not that of the server.`,
          where:
            'environment of this server: docs/deploy-node.md, “A private certificate authority”',
          code: 'NODE_EXTRA_CA_CERTS=/etc/portico/ca.pem',
        },
      ]
    : [
        {
          text: 'Renew or replace the certificate there, for exactly that host name, and serve its whole chain.',
          where: 'the TLS server of that address',
        },
      ]

const isSignIn = ({ what }: OtherServer): boolean => what.startsWith('the sign-in provider')

/** Node rejects the certificate of a server that this one needs. */
export const otherServerUntrusted = rule({
  id: 'other-server-untrusted',
  symptom: 'The sign-in provider could not be reached, though a browser reaches it',
  sources: ['RFC 8446 §4.4.2', 'nodejs.org/api/cli.html, NODE_EXTRA_CA_CERTS'],
  judge: (handshake, { probe }) => {
    const bad = (probe?.others ?? []).filter(({ tls }) => tls !== null)
    const refused = handshake
      ? eventsBecause(named(handshake, 'operator.refused'), 'provider-untrusted')
      : []
    const relevant = handshake ? bad.filter((one) => refused.length > 0 && isSignIn(one)) : bad
    const [first] = relevant
    if (!first) return null
    return {
      confidence: 'confirmed',
      title: `The certificate of ${first.what} is not accepted by this server`,
      explanation: `At ${first.at}: ${tlsCauseOf(first.tls)?.meaning ?? first.tls}. Nothing is sent to a server that cannot be trusted, so nobody can sign in with it, or nothing is delivered there.`,
      evidence: refused,
      observations: relevant.map(inWords),
      fix: fixOf(first),
    }
  },
})
