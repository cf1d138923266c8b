import { looksHealthy } from '../probe'
import { handshakeRule, troubledStage } from '../rule'

const several = 3

/** Many clients fail alike that worked before, and this server is healthy. */
export const anthropicIncident = handshakeRule({
  id: 'anthropic-incident',
  symptom: 'Suddenly nobody can connect any more',
  sources: ['anthropics/claude-ai-mcp#5', 'anthropics/claude-ai-mcp#566', 'status.claude.com'],
  judge: (handshake, { failingAlike, claudeUserSeen, probe }) => {
    const stage = troubledStage(handshake)
    if (!stage || handshake.surface !== 'claude-hosted' || failingAlike < several) return null
    if (!claudeUserSeen || !probe || !looksHealthy(probe)) return null
    return {
      confidence: 'likely',
      title: 'Others fail at the same step; this server is healthy: it may be Claude’s side',
      explanation: `${failingAlike} attempts of other clients ended at the same step within the last hour, hosted Claude has worked here before, and this server passes its self-check.`,
      evidence: [handshake.events.at(-1)],
      observations: [`${failingAlike} other attempts ended at “${stage}” within the hour`],
      fix: [
        { text: 'Check whether an incident is reported, and wait.', where: 'status.claude.com' },
        {
          text: 'If none is, report the reference that begins with “ofid_” in Claude’s message.',
          where: 'github.com/anthropics/claude-ai-mcp/issues',
        },
      ],
    }
  },
})
