import { answerTo, isHtml, probeText } from '../probe'
import { endpointStages, probeRule } from '../rule'

/** An HTML page instead of the endpoint. */
export const routeInterceptedHtml = probeRule({
  id: 'route-intercepted-html',
  stages: endpointStages,
  symptom: '/mcp answers with the home page',
  sources: ['WordPress/mcp-adapter#315', 'ctxpipe/ctxpipe#197'],
  judge: (probe) => {
    const answer = answerTo(probe, 'challenge-post')
    if (!answer || !isHtml(answer)) return null
    if (answer.status !== 200 && answer.status !== 404) return null
    return {
      confidence: 'confirmed',
      title: 'A web page answers where the MCP endpoint should be',
      explanation:
        'A single-page application, a security plugin or a default site takes /mcp for one of its own paths.',
      observations: [probeText(answer)],
      fix: [
        {
          text: 'Route /mcp to Portico before the fallback of the site.',
          where: 'the proxy in front of this server',
          code: 'location = /mcp { proxy_pass http://portico; proxy_buffering off; }',
        },
      ],
    }
  },
})
