import { named, newest } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** Claude waits 10 s; beyond this the network's speed decides. */
const slowMs = 8000
/** A client that is still waiting continues at once. */
const continuesMs = 5000

/** §0 step 2: answered, but too late. */
export const slowInitialize = handshakeRule({
  id: 'slow-initialize',
  symptom: 'It says connected, and the tools never load',
  sources: ['anthropics/claude-ai-mcp#473'],
  judge: (handshake, _facts, now) => {
    const opening = newest(handshake, 'mcp.initialized', 'mcp.discovered')
    if (!opening?.durationMs || opening.durationMs < slowMs) return null
    if (now < opening.at + continuesMs) return null
    // the client continued, so it had waited after all
    if (named(handshake, 'mcp.listed', 'mcp.called').some(({ at }) => at >= opening.at)) return null
    const seconds = (opening.durationMs / 1000).toFixed(1)
    return {
      confidence: opening.durationMs >= 10_000 ? 'confirmed' : 'likely',
      title: `The first MCP request took ${seconds} s, and Claude waits 10`,
      explanation:
        'Claude verifies a new connection with a read deadline of 10 s. A cold start, a database that is far away or a disk that is slow uses it up.',
      evidence: [opening],
      fix: [
        {
          text: 'Keep one instance warm: a minimum of one instance, no sleep on idle, no scale to zero.',
          where: 'the platform this server runs on',
        },
        'Run the database in the region of the server.',
      ],
      verify: `${connectAgain} The first request takes less than a second.`,
    }
  },
})
