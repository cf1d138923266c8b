import { edgesOf, subjectOf } from '../edges'
import { answersTo, cachedBy, probeText } from '../probe'
import { endpointStages, probeRule } from '../rule'

/** RFC 9111 §3: an answer to another client. */
export const cachedMcpResponse = probeRule({
  id: 'cached-mcp-response',
  stages: endpointStages,
  symptom: 'Old answers come back from /mcp, whatever is changed',
  sources: ['WordPress/mcp-adapter#270', 'RFC 9111 §3'],
  judge: (probe, facts) => {
    const hits = answersTo(
      probe,
      'challenge-post',
      'challenge-get',
      'challenge-post-claude-user',
      'bearer-echo',
    ).filter((answer) => cachedBy(answer) !== undefined)
    const [first] = hits
    const header = first && cachedBy(first)
    if (!first || !header) return null
    return {
      confidence: 'confirmed',
      title: `${subjectOf(edgesOf(null, facts))} answers /mcp from a cache`,
      explanation:
        'Every answer of /mcp is for one request. From a cache a client gets a challenge although it has a token, or someone else’s answer.',
      observations: hits.map(
        (answer) => `${probeText(answer)}; ${header}: ${answer.headers[header]}`,
      ),
      fix: [
        {
          text: 'Bypass the cache for /mcp, /token, /register and /authorize, whatever the method.',
          where:
            'Cloudflare → Caching → Cache Rules; CloudFront → behaviour with CachingDisabled; nginx `proxy_cache off`; LiteSpeed Cache → Excludes',
        },
      ],
    }
  },
})
