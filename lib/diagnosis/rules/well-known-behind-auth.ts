import { loginWallOf } from '../login-wall'
import { answersTo, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** RFC 8615, RFC 9728 §3: public documents. */
export const wellKnownBehindAuth = probeRule({
  id: 'well-known-behind-auth',
  stages: discoveryStages,
  symptom: 'Discovery never gets going',
  sources: ['anthropics/claude-ai-mcp#188', 'RFC 9728 §3', 'RFC 8414 §3'],
  judge: (probe) => {
    const walled = answersTo(
      probe,
      'resource-metadata',
      'resource-metadata-root',
      'server-metadata',
      'server-metadata-suffixed',
      'jwks',
      'challenge-post',
    ).flatMap((answer) => {
      const wall = loginWallOf(answer)
      const isBareChallenge = answer.target === 'challenge-post' && wall?.name === 'a sign-in'
      return wall && !(isBareChallenge && answer.status === 401) ? [{ answer, wall }] : []
    })
    const [first] = walled
    if (!first) return null
    const { name, fix } = walled.find(({ wall }) => wall.name !== 'a sign-in')?.wall ?? first.wall
    return {
      confidence: 'confirmed',
      title: `The documents that clients must read first are behind ${name}`,
      explanation:
        'A client has no account and no browser when it reads them. It gets a sign-in page or a 401, and gives up.',
      observations: walled.slice(0, 4).map(({ answer }) => probeText(answer)),
      fix: [fix],
    }
  },
})
