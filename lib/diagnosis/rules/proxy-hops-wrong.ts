import type { Facts } from '../facts'
import { type HopsFault, hopsFault } from '../forwarding'
import { type Cause, rule } from '../rule'

const verify =
  'The addresses in the live log are those of clients; hosted Claude’s are in 160.79.104.0/21.'
const where = 'settings of this server'
const set = (hops: number) => ({ where, code: `PORTICO_PROXY_HOPS=${hops}` })

const shared =
  'Portico then takes a proxy’s address for the client’s. Anthropic’s network is not recognised, attempts of different people look alike, and limits per address hit all together.'

const seen = (hops: number): string =>
  `requests that this server sent itself came back with ${hops} ${hops === 1 ? 'entry' : 'entries'} in X-Forwarded-For`

/** The network decides how many there are: the self-check may bypass the outermost. */
const tooFew = ({ hops, isCertain }: HopsFault, now: number): Cause => ({
  confidence: isCertain ? 'confirmed' : 'possible',
  title: isCertain
    ? `Requests come through at least ${hops === 1 ? 'one proxy' : `${hops} proxies`}, and PORTICO_PROXY_HOPS is ${now}`
    : `Requests carry X-Forwarded-For, and PORTICO_PROXY_HOPS is ${now}`,
  explanation: isCertain
    ? shared
    : `Any client can send that header; but if there is a proxy in front, the setting is wrong. ${shared}`,
  observations: [isCertain ? seen(hops) : `the fewest entries that a request carried: ${hops}`],
  fix: [
    {
      text: 'Set it to the number of proxies that append to X-Forwarded-For. Add one for each that requests of this machine do not pass, such as a CDN in front of a name that is resolved inside.',
      ...set(hops),
    },
  ],
  verify,
})

const tooMany = ({ hops, isCertain }: HopsFault, now: number): Cause => ({
  confidence: isCertain ? 'confirmed' : 'possible',
  title: `PORTICO_PROXY_HOPS is ${now}, and requests come through ${hops === 0 ? 'no proxy that appends' : `only ${hops}`}`,
  explanation:
    'Portico then believes what a client writes into X-Forwarded-For: anyone can choose their address, and so evade the limits per address, or use up someone else’s.',
  observations: [isCertain ? seen(hops) : `most requests carried ${hops} entries`],
  fix: [{ text: 'Set it to the number of proxies that append.', ...set(hops) }],
  verify,
})

const notForwarded = ({ isCertain }: HopsFault): Cause => ({
  confidence: isCertain ? 'confirmed' : 'likely',
  title: 'A proxy in front does not pass on the client’s address',
  explanation: `It adds no X-Forwarded-For. ${shared}`,
  observations: [
    isCertain
      ? 'requests that this server sent itself came back through a proxy, without X-Forwarded-For'
      : 'a request carried X-Real-IP or Forwarded, and no X-Forwarded-For',
  ],
  fix: [
    {
      text: 'Let the proxy append the address it sees. docs/deploy-node.md shows how for nginx, Apache, Caddy, Traefik and HAProxy.',
      where: 'the proxy',
      code: 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    },
    { text: 'Then say how many proxies do so.', ...set(1) },
  ],
  verify,
})

const causes = { 'too-few': tooFew, 'too-many': tooMany, 'not-forwarded': notForwarded }

/** By what edges add to requests, when nothing else is known. */
function byMarks({ edgeMarks, settings }: Facts): Cause | null {
  if (settings.proxyHops > 0 || edgeMarks.length === 0) return null
  return {
    confidence: 'likely',
    title: 'Requests come through a proxy, and PORTICO_PROXY_HOPS is 0',
    explanation: shared,
    observations: [`headers of proxies were seen: ${edgeMarks.join(', ')}`],
    fix: [
      {
        text: 'Set it to the number of proxies that append to X-Forwarded-For: 1 behind a CDN or a load balancer, 2 behind a CDN and nginx.',
        ...set(1),
      },
    ],
    verify,
  }
}

/** With the wrong number of proxies, everyone has the address of the last one. */
export const proxyHopsWrong = rule({
  id: 'proxy-hops-wrong',
  symptom: 'Every request in the log has the same address',
  sources: ['RFC 7239 §8.1', 'MDN X-Forwarded-For, selecting an address'],
  judge: (handshake, facts) => {
    if (handshake) return null
    const { forwarding, origin, settings } = facts
    const { proxyHops } = settings
    const fault = forwarding ? hopsFault(forwarding, { origin, proxyHops }) : null
    const cause = fault && causes[fault.kind](fault, proxyHops)
    // an edge's mark is stronger evidence than a header that anyone can send
    return fault?.isCertain ? cause : (byMarks(facts) ?? cause)
  },
})
