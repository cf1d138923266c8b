import { detailText, named } from '../evidence'
import { handshakeRule } from '../rule'

/** Claude cuts a call after 240 s and a result at about 150,000 characters. */
const limits = { ms: 240_000, bytes: 150_000 }

/** A call beyond Claude's limits. */
export const resultTooBigOrSlow = handshakeRule({
  id: 'result-too-big-or-slow',
  whenComplete: true,
  symptom: 'One tool fails in Claude, although the server answered it',
  sources: ['claude.com/docs/connectors/building'],
  judge: (handshake) => {
    const over = named(handshake, 'mcp.called').filter(
      ({ durationMs, detail }) =>
        (durationMs ?? 0) > limits.ms || (Number(detail.bytes) || 0) > limits.bytes,
    )
    const [call] = over
    if (!call) return null
    const isSlow = (call.durationMs ?? 0) > limits.ms
    const [tool = 'unknown'] = /^[\w-]{1,64}$/.exec(detailText(call, 'tool')) ?? []
    return {
      confidence: 'confirmed',
      title: isSlow
        ? `The tool “${tool}” took longer than the 240 s Claude waits`
        : `The tool “${tool}” answered with more than Claude reads`,
      explanation: isSlow
        ? 'Claude ends a tool call after four minutes.'
        : `The answer had ${Number(call.detail.bytes).toLocaleString('en')} bytes. Claude takes about 150,000 characters and drops the rest, or all of it.`,
      evidence: over,
      fix: [
        {
          text: isSlow
            ? 'Answer at once with an id, and let a second tool ask for the result.'
            : 'Return pages with a cursor, and leave out unneeded data.',
          where: `lib/mcp/tools, tool “${tool}”`,
        },
      ],
      verify: 'The next call of the tool stays below 240 s and 150,000 bytes in the log.',
    }
  },
})
