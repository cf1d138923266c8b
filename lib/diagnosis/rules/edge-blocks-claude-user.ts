import type { Handshake } from '@/lib/handshake/handshake'
import { type AfterToken, afterToken } from '../after-token'
import { allowClaude } from '../allow-claude'
import { edgesOf, subjectOf } from '../edges'
import { isClaudeUser, isControlPlane } from '../evidence'
import type { Facts, ProbeAnswer } from '../facts'
import { answerTo, isOwnChallenge, probeText } from '../probe'
import { isHealthy, rule, troubledStage } from '../rule'
import { addAnew, checkAgain, connectAgain } from '../words'

const dayMs = 86_400_000

/** Headers that only something in front of this server adds to an answer. */
const edgeHeaders = ['cf-ray', 'x-vercel-id', 'x-amz-cf-id', 'via', 'server']

type Both = { readonly python: ProbeAnswer; readonly claude: ProbeAnswer }

/** The same request under both of Claude's user agents. */
function bothOf({ probe }: Facts): Both | null {
  const python = probe && answerTo(probe, 'challenge-post')
  const claude = probe && answerTo(probe, 'challenge-post-claude-user')
  return python && claude ? { python, claude } : null
}

const isSingledOut = ({ python, claude }: Both): boolean =>
  isOwnChallenge(python) && claude.status !== null && !isOwnChallenge(claude)

/** A probe that did not pass through the edge cannot show what the edge blocks. */
function isCleared({ claude }: Both, handshake: Handshake | null, { edgeMarks }: Facts): boolean {
  const isBehindEdge =
    edgeMarks.length > 0 || (handshake?.events ?? []).some(({ edge }) => edge !== null)
  const hasPassedIt = edgeHeaders.some((name) => name in claude.headers)
  return isOwnChallenge(claude) && (!isBehindEdge || hasPassedIt)
}

type Silence = AfterToken & { readonly isFirst: boolean }

/** Hosted Claude signed in as python-httpx, and its data plane never arrived, or not recently. */
function silenceOf(handshake: Handshake, facts: Facts, now: number): Silence | null {
  const after = afterToken(handshake, now)
  if (!after?.silent || after.refresh || !handshake.events.some(isControlPlane)) return null
  if (handshake.events.some(isClaudeUser)) return null
  if (!facts.claudeUserSeen) return { ...after, isFirst: true }
  const last = facts.claudeUserLastSeenAt ?? now
  return now - last > dayMs ? { ...after, isFirst: false } : null
}

const observed = (silence: Silence | null, proof: Both | null): string[] => [
  ...(proof ? [probeText(proof.python), probeText(proof.claude)] : []),
  ...(silence
    ? [
        silence.isFirst
          ? 'no request of “Claude-User” has ever reached this server'
          : 'the last request of “Claude-User” came more than a day before',
      ]
    : []),
]

/** §0 step 5, the most common cause: discovery passes, and the first call is blocked. */
export const edgeBlocksClaudeUser = rule({
  id: 'edge-blocks-claude-user',
  symptom: 'OAuth completes, the token is issued, and then silence',
  sources: [
    'anthropics/claude-ai-mcp#49',
    'anthropics/claude-ai-mcp#62',
    'anthropics/claude-ai-mcp#336',
    'anthropics/claude-ai-mcp#620',
    'anthropics/claude-ai-mcp#872',
  ],
  judge: (handshake, facts, now) => {
    if (handshake && isHealthy(handshake)) return null
    const silence = handshake && silenceOf(handshake, facts, now)
    const answers = bothOf(facts)
    const proof = answers && isSingledOut(answers) ? answers : null
    const isHere = !handshake || silence || troubledStage(handshake) === 'first-mcp-request'
    if (!isHere || (!proof && (!silence || (answers && isCleared(answers, handshake, facts)))))
      return null
    const edges = edgesOf(handshake, facts)
    return {
      confidence: proof ? 'confirmed' : silence?.isFirst ? 'likely' : 'possible',
      title: `${subjectOf(edges)} blocks “Claude-User”, so Claude’s first call never arrives`,
      explanation:
        'Hosted Claude signs in as “python-httpx” and calls tools as “Claude-User”, which bot rules take for an AI crawler. The sign-in passes, the first MCP request is answered with 403 at the edge, and nothing of it is logged here. After a 403 Claude neither refreshes nor retries.',
      evidence: [silence?.token],
      observations: observed(silence, proof),
      fix: [...allowClaude(edges), addAnew],
      verify: `${checkAgain} ${connectAgain}`,
    }
  },
})
