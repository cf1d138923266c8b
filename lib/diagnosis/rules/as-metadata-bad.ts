import { loginWallOf } from '../login-wall'
import { answersTo, answerTo, isOwnChallenge, probeJson, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** A 5xx ends discovery at once; an HTML page is no document. */
export const asMetadataBad = probeRule({
  id: 'as-metadata-bad',
  stages: discoveryStages,
  symptom: 'Couldn’t register',
  sources: ['anthropics/claude-ai-mcp#134', 'anthropics/claude-ai-mcp#376', 'RFC 8414 §3.2'],
  judge: (probe) => {
    const bad = answersTo(probe, 'server-metadata', 'server-metadata-suffixed').filter(
      (answer) =>
        answer.status !== null &&
        (answer.status !== 200 || probeJson(answer) === null) &&
        loginWallOf(answer) === null,
    )
    const [first] = bad
    const reached = isOwnChallenge(answerTo(probe, 'challenge-post'))
    const main = bad.find(({ target }) => target === 'server-metadata')
    if (!first || !reached || !(main || (first.status ?? 0) >= 500)) return null
    return {
      confidence: 'confirmed',
      title: 'The metadata of the authorization server is not served as JSON',
      explanation:
        'Clients need JSON with the status 200. After a 5xx they stop, after an HTML page they do not know where to register.',
      observations: bad.map(probeText),
      fix: [
        {
          text: 'Pass /.well-known/oauth-authorization-server and everything below it on to Portico.',
          where: 'the proxy in front of this server',
        },
      ],
    }
  },
})
