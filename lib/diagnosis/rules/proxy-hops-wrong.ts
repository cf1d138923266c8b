import { rule } from '../rule'

/** Without the number of proxies, everybody has the address of the last one. */
export const proxyHopsWrong = rule({
  id: 'proxy-hops-wrong',
  symptom: 'Every request in the log has the same address',
  sources: ['RFC 7239 §8.1', 'MDN X-Forwarded-For, selecting an address'],
  judge: (handshake, { edgeMarks, settings }) => {
    if (handshake || settings.proxyHops > 0 || edgeMarks.length === 0) return null
    return {
      confidence: 'likely',
      title: 'Requests come through a proxy, and PORTICO_PROXY_HOPS is 0',
      explanation:
        'Portico then takes the proxy’s address for the client’s. Anthropic’s network is not recognised, attempts of different people look alike, and limits per address hit all together.',
      observations: [`headers of proxies were seen: ${edgeMarks.join(', ')}`],
      fix: [
        {
          text: 'Set it to the number of proxies that append to X-Forwarded-For: 1 behind a CDN or a load balancer, 2 behind a CDN and nginx.',
          where: 'settings of this server',
          code: 'PORTICO_PROXY_HOPS=1',
        },
      ],
      verify:
        'The addresses in the live log are those of clients; hosted Claude’s are in 160.79.104.0/21.',
    }
  },
})
