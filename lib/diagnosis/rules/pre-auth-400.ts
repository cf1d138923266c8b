import { answerTo, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

const checksFirst = new Set([400, 405, 406, 411, 413, 415, 422])

/** Something validates the request before this server authenticates it. */
export const preAuth400 = probeRule({
  id: 'pre-auth-400',
  stages: discoveryStages,
  symptom: 'Couldn’t reach the MCP server; the first request is answered with 400 or 405',
  sources: ['ctxpipe/ctxpipe#197', 'RFC 9728 §5'],
  judge: (probe) => {
    const answer = answerTo(probe, 'challenge-post')
    if (!answer || !checksFirst.has(answer.status ?? 0)) return null
    return {
      confidence: 'confirmed',
      title: `The first request is answered with ${answer.status}, before authentication`,
      explanation:
        'Portico asks for a token before it looks at anything else. An API gateway, a request validator or a static host answered instead.',
      observations: [probeText(answer)],
      fix: [
        {
          text: 'Pass POST, GET and DELETE of /mcp on to Portico with their bodies, without validation.',
          where: 'API gateway, request validation, allowed methods of the CDN',
        },
      ],
    }
  },
})
