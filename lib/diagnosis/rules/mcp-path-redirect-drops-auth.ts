import { withoutTrailingSlashes } from '@/lib/text'
import { answersTo, probeText, redirectOf } from '../probe'
import { endpointStages, probeRule } from '../rule'
import { addAnew } from '../words'

/** §0 step 3: a redirect to another host, which drops the token. */
export const mcpPathRedirectDropsAuth = probeRule({
  id: 'mcp-path-redirect-drops-auth',
  stages: endpointStages,
  symptom: 'Works in the Inspector and not in Claude',
  sources: [
    'anthropics/claude-ai-mcp#155',
    'claude.com/docs/connectors/building/troubleshooting',
    'RFC 9110 §15.4',
  ],
  judge: (probe, { origin }) => {
    const answers = answersTo(probe, 'challenge-post', 'challenge-get', 'bearer-echo')
    const answer = answers.find((one) => {
      const to = redirectOf(one)
      return to !== null && to.origin !== new URL(origin).origin
    })
    const to = answer && redirectOf(answer)
    if (!answer || !to || withoutTrailingSlashes(to.pathname) !== new URL(answer.url).pathname) {
      return null
    }
    return {
      confidence: 'confirmed',
      title: `/mcp redirects to ${to.origin}, and the token is lost on the way`,
      explanation:
        'Clients follow a redirect to another host, but drop the Authorization header there, as they must. What arrives has no token.',
      observations: [probeText(answer)],
      fix: [
        {
          text: `Set PORTICO_URL to ${to.origin}, so that every document names the final address, and restart.`,
          where: 'settings of this server',
          code: `PORTICO_URL=${to.origin}`,
        },
        `Or serve ${origin} without the redirect (apex to www, http to https).`,
        addAnew,
      ],
    }
  },
})
