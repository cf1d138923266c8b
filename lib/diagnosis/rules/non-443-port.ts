import { isLoopbackOrigin } from '../addresses'
import { wasReachedByAnthropic } from '../evidence'
import { rule, troubledStage } from '../rule'

/** Reports disagree: most ports were never called, some got discovery traffic. */
export const non443Port = rule({
  id: 'non-443-port',
  symptom: 'Works with curl and Claude Code, and not with claude.ai',
  sources: [
    'anthropics/claude-ai-mcp#8',
    'anthropics/claude-ai-mcp#700',
    'anthropics/claude-ai-mcp#716 (counter-evidence)',
  ],
  judge: (handshake, { origin }) => {
    const { port } = new URL(origin)
    if (port === '' || isLoopbackOrigin(origin)) return null
    if (handshake && (wasReachedByAnthropic(handshake) || !troubledStage(handshake))) return null
    return {
      confidence: 'possible',
      title: `This server is on port ${port}, and hosted Claude seems to call port 443 only`,
      explanation:
        'Anthropic’s documentation does not mention ports. Most operators on other ports never saw a request of hosted Claude; some did.',
      observations: [`PORTICO_URL=${origin}`],
      fix: [
        'Serve on port 443: a reverse proxy with its own name, or a tunnel.',
        {
          text: 'Then set PORTICO_URL to the address without a port.',
          where: 'settings of this server',
        },
      ],
    }
  },
})
