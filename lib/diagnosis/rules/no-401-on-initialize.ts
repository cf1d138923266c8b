import { answerTo, isHtml, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** Only a 401 makes Claude sign in. */
export const no401OnInitialize = probeRule({
  id: 'no-401-on-initialize',
  stages: discoveryStages,
  symptom: 'Connected, with no tools and without a sign-in',
  sources: [
    'claude.com/docs/connectors/building/lazy-authentication',
    'anthropics/claude-ai-mcp#398',
    'RFC 9728 §5',
  ],
  judge: (probe, { mcpUrl }) => {
    const answer = answerTo(probe, 'challenge-post')
    if (answer?.status !== 200 || isHtml(answer)) return null
    return {
      confidence: 'confirmed',
      title: 'A request without a token is answered with 200 instead of 401',
      explanation: `Portico answers it with 401. Something else answers at ${mcpUrl}: another server on the same path, a mock, or a cache.`,
      observations: [probeText(answer)],
      fix: [
        {
          text: 'Let the path /mcp lead to Portico and to nothing else.',
          where: 'the proxy in front of this server',
        },
      ],
    }
  },
})
