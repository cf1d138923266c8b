import { has, newest } from '../evidence'
import { handshakeRule } from '../rule'
import { addAnew } from '../words'

const overdueMs = 60_000

/** Unexplained so far: registered, and then no browser came. */
export const dcr201ThenAbort = handshakeRule({
  id: 'dcr-201-then-abort',
  symptom: 'Could not register, although the registration was answered with 201',
  sources: [
    'anthropics/claude-ai-mcp#546',
    'anthropics/claude-ai-mcp#1051',
    'lion-reader/lion-reader#986',
  ],
  judge: (handshake, _facts, now) => {
    const registered = newest(handshake, 'client.registered')
    if (!registered || now < registered.at + overdueMs) return null
    if (has(handshake, 'authorization.requested', 'authorization.refused')) return null
    const isHosted = handshake.surface === 'claude-hosted'
    return {
      confidence: 'possible',
      title: 'The client registered, and no browser came to ask for access',
      explanation: isHosted
        ? 'The person closed the dialog, the browser blocked the window, or hosted Claude stopped by itself after a successful registration, which is reported and unexplained.'
        : 'The person closed the dialog, or the client could not open a browser.',
      evidence: [registered],
      fix: [
        'Press “Connect” again and allow pop-up windows for claude.ai.',
        {
          text: 'Choose “Use Claude’s published identity”, or create a client here and paste its id.',
          where: 'Claude → Settings → Connectors → Add custom connector; Clients → New client',
        },
        addAnew,
      ],
    }
  },
})
