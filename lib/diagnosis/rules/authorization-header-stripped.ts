import { afterToken } from '../after-token'
import { edgesOf, subjectOf } from '../edges'
import type { Probe } from '../facts'
import { passAuthorization } from '../pass-authorization'
import { answerTo, cachedBy, isOwnChallenge, probeText, sawToken } from '../probe'
import { endpointStages, isHealthy, rule, troubledStage } from '../rule'
import { checkAgain, connectAgain } from '../words'

/** The answer to a made-up token that reached the endpoint without its header. */
function lostOnTheWay(probe: Probe | null) {
  const echo = probe && answerTo(probe, 'bearer-echo')
  // a cached challenge was for another request
  return echo && isOwnChallenge(echo) && !sawToken(echo) && !cachedBy(echo) ? echo : undefined
}

/** §0 step 3: the request arrived, and its token did not. */
export const authorizationHeaderStripped = rule({
  id: 'authorization-header-stripped',
  symptom: 'Claude never sends the token',
  sources: [
    'anthropics/claude-ai-mcp#872',
    'anthropics/claude-code#46140',
    'WordPress/mcp-adapter#315',
  ],
  judge: (handshake, facts, now) => {
    if (handshake && isHealthy(handshake)) return null
    const after = handshake && afterToken(handshake, now)
    const bare = after && after.calls.length === 0 ? after.tokenless.at(-1) : undefined
    const stage = handshake && troubledStage(handshake)
    const isHere = !handshake || bare || (after && stage && endpointStages.includes(stage))
    const echo = isHere ? lostOnTheWay(facts.probe) : undefined
    if (!bare && !echo) return null
    const edges = edgesOf(handshake, facts)
    return {
      confidence: echo ? 'confirmed' : 'likely',
      title: `${subjectOf(edges)} drops the Authorization header`,
      explanation: bare
        ? 'Just after it got a token, the client called /mcp without one. Clients always send it: something in between removed it.'
        : 'A request with a token was sent through the public address, and arrived without it.',
      evidence: [bare && after ? after.token : undefined, bare],
      observations: echo ? [`${probeText(echo)}; the challenge says that no token came`] : [],
      fix: passAuthorization(edges),
      verify: `${checkAgain} ${connectAgain}`,
    }
  },
})
