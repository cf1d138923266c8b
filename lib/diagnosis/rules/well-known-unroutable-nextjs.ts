import { loginWallOf } from '../login-wall'
import { answersTo, answerTo, isHtml, isOwnChallenge, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** The endpoint is reachable, and paths that begin with a dot are not. */
export const wellKnownUnroutableNextjs = probeRule({
  id: 'well-known-unroutable-nextjs',
  stages: discoveryStages,
  symptom: '404 for the documents in production, while tests are green',
  sources: ['PageSpace/PageSpace#1852', 'RFC 8615 §3'],
  judge: (probe) => {
    const answers = answersTo(
      probe,
      'resource-metadata',
      'resource-metadata-root',
      'server-metadata',
    )
    const missing = answers.filter(
      (answer) =>
        (answer.status === 404 ||
          answer.status === 403 ||
          (answer.status === 200 && isHtml(answer))) &&
        loginWallOf(answer) === null,
    )
    if (answers.length === 0 || missing.length < answers.length) return null
    if (!isOwnChallenge(answerTo(probe, 'challenge-post'))) return null
    return {
      confidence: 'confirmed',
      title: 'Paths under /.well-known do not reach this server, although /mcp does',
      explanation:
        'Web servers hide paths that begin with a dot, keep /.well-known for certificates, or serve a page for every unknown path.',
      observations: missing.map(probeText),
      fix: [
        {
          text: 'Pass /.well-known/ on to Portico, ahead of rules that deny dot files; leave /.well-known/acme-challenge/ as it is.',
          where: 'nginx → server block',
          code: 'location ^~ /.well-known/oauth- { proxy_pass http://portico; }\nlocation = /.well-known/jwks.json { proxy_pass http://portico; }',
        },
      ],
    }
  },
})
