import { allowClaude } from '../allow-claude'
import { edgesOf, subjectOf } from '../edges'
import type { ProbeAnswer } from '../facts'
import { loginWallOf } from '../login-wall'
import { answersTo, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

const isBlocked = (answer: ProbeAnswer): boolean =>
  loginWallOf(answer) === null &&
  ([403, 406, 429, 451].includes(answer.status ?? 0) ||
    'x-vercel-mitigated' in answer.headers ||
    'cf-mitigated' in answer.headers)

/** Even user agents that edges usually allow are blocked. */
export const edgeBlocksEverything = probeRule({
  id: 'edge-blocks-everything',
  stages: discoveryStages,
  symptom: 'Couldn’t reach the MCP server; 403 or 429 appear in the CDN only',
  sources: [
    'claude.com/docs/connectors/building/troubleshooting',
    'homeassistant-ai/ha-mcp FAQ',
    'warpdotdev/docs#219',
  ],
  judge: (probe, facts) => {
    const answers = answersTo(probe, 'challenge-post', 'resource-metadata', 'server-metadata')
    const blocked = answers.filter(isBlocked)
    // a single one is a path rule, which another rule covers
    if (blocked.length < 2) return null
    const edges = edgesOf(null, facts)
    return {
      confidence: 'confirmed',
      title: `${subjectOf(edges)} blocks programs that are not browsers`,
      explanation:
        'Requests like Claude’s are answered with a block or a challenge before they reach this server: a firewall rule, attack mode, a country block or a rate limit.',
      observations: blocked.map(probeText),
      fix: allowClaude(edges),
    }
  },
})
