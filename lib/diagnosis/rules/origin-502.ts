import { edgesOf, subjectOf } from '../edges'
import { probeText } from '../probe'
import { endpointStages, probeRule } from '../rule'

const gatewayErrors = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530])

/** The proxy answers, but gets no answer from this server. */
export const origin502 = probeRule({
  id: 'origin-502',
  stages: [...endpointStages, 'server-metadata', 'client-identified'],
  symptom: '502, bad gateway',
  sources: ['anthropics/claude-ai-mcp#623', 'anthropics/claude-ai-mcp#700', 'RFC 9110 §15.6.3'],
  judge: (probe, facts) => {
    const failed = probe.answers.filter(
      ({ status, headers }) => gatewayErrors.has(status ?? 0) && !('cf-mitigated' in headers),
    )
    if (failed.length === 0) return null
    const all = failed.length === probe.answers.length
    return {
      confidence: all ? 'confirmed' : 'likely',
      title: `${subjectOf(edgesOf(null, facts))} does not get an answer from this server`,
      explanation: all
        ? 'The public address answers, but the proxy there cannot reach Portico: wrong port, wrong host, or TLS where Portico uses none.'
        : 'Only some requests get through: the proxy reuses connections that were closed, has too short a time-out, or balances over an instance that is gone.',
      observations: failed.slice(0, 4).map(probeText),
      fix: [
        'Point the proxy to the host and port that Portico listens on (PORT), over plain http.',
        {
          text: 'Keep idle connections shorter in the proxy than in Portico, which closes them after 75 s.',
          where: 'nginx → upstream',
          code: 'keepalive_timeout 60s;',
        },
      ],
    }
  },
})
