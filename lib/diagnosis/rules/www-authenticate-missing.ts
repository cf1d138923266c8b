import { loginWallOf } from '../login-wall'
import { answersTo, pointerOf, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** RFC 9728 §5.1: this header says where to sign in. */
export const wwwAuthenticateMissing = probeRule({
  id: 'www-authenticate-missing',
  stages: discoveryStages,
  symptom: 'Works in Cursor; Claude says it couldn’t reach the server',
  sources: [
    'claude.com/docs/connectors/building/authentication',
    'anthropics/claude-ai-mcp#410',
    'RFC 9728 §5.1',
  ],
  judge: (probe) => {
    const bare = answersTo(probe, 'challenge-post', 'challenge-get').filter(
      (answer) => answer.status === 401 && pointerOf(answer) === null,
    )
    const [first] = bare
    if (!first) return null
    if (/resource_metadata_uri/.test(first.headers['www-authenticate'] ?? '')) return null
    const renamed = 'x-amzn-remapped-www-authenticate' in first.headers
    const wall = loginWallOf(first)
    if (wall !== null && wall.name !== 'a sign-in') return null
    return {
      confidence: 'confirmed',
      title: 'The challenge arrives without the header that says where to sign in',
      explanation: renamed
        ? 'Amazon API Gateway renames WWW-Authenticate to x-amzn-remapped-www-authenticate, where no client looks.'
        : 'Portico sends WWW-Authenticate with every 401. It was removed on the way, or another server answered.',
      observations: bare.map(probeText),
      fix: [
        renamed
          ? {
              text: 'Put a load balancer or CloudFront in place of the API Gateway, or map the header back.',
              where: 'AWS → API Gateway → integration response',
            }
          : {
              text: 'Pass the response header on.',
              where:
                'the proxy in front: nginx `proxy_hide_header`, Apache `Header unset`, basic authentication',
            },
      ],
    }
  },
})
