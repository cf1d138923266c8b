import { withoutTrailingSlashes } from '@/lib/text'
import { answersTo, probeText, redirectOf } from '../probe'
import { endpointStages, probeRule } from '../rule'

const bare = (url: URL): string => `${url.origin}${withoutTrailingSlashes(url.pathname)}`

/** Portico serves both spellings; something in front prefers one. */
export const trailingSlashRedirect = probeRule({
  id: 'trailing-slash-redirect',
  stages: endpointStages,
  symptom: 'A page or a 404 comes where the endpoint should be',
  sources: ['anthropics/claude-ai-mcp#99', 'vercel/mcp-handler#143'],
  judge: (probe) => {
    const answers = answersTo(
      probe,
      'challenge-post',
      'challenge-get',
      'bearer-echo',
      'trailing-slash',
    )
    const answer = answers.find((one) => {
      const to = redirectOf(one)
      return to !== null && bare(to) === bare(new URL(one.url))
    })
    if (!answer) return null
    const isCanonical = answer.target !== 'trailing-slash'
    return {
      confidence: isCanonical ? 'confirmed' : 'likely',
      title: isCanonical
        ? 'Something in front redirects /mcp to another spelling of itself'
        : 'Something in front redirects /mcp/ instead of serving it',
      explanation:
        'Portico answers /mcp and /mcp/ alike. A redirect between the two turns a POST into a GET in some clients and loses the token in others.',
      observations: [probeText(answer)],
      fix: [
        {
          text: 'Rewrite the path internally instead of redirecting, or pass it on unchanged.',
          where:
            'the proxy in front: nginx `location = /mcp`, Apache `DirectorySlash Off`, a CDN rule on trailing slashes',
          code: 'location ~ ^/mcp/?$ { proxy_pass http://portico; }',
        },
      ],
    }
  },
})
