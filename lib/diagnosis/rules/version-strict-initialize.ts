import { detailText, named } from '../evidence'
import { handshakeRule } from '../rule'

/** MCP lifecycle: a server answers with its own revision; the request itself was invalid. */
export const versionStrictInitialize = handshakeRule({
  id: 'version-strict-initialize',
  symptom: 'Claude says the protocol version is not supported',
  sources: ['cl-mcp/cl-mcp#26', 'anthropics/claude-code#96183', 'MCP 2025-11-25 basic/lifecycle'],
  judge: (handshake) => {
    const failed = named(handshake, 'mcp.initialized', 'mcp.refused').findLast(
      (event) => detailText(event, 'method') === 'initialize' && event.outcome !== 'ok',
    )
    // other refusals have more specific rules
    if (!failed || failed.status === 403 || failed.status === 406) return null
    const [revision] = /^\d{4}-\d\d-\d\d$/.exec(detailText(failed, 'protocolVersion')) ?? []
    return {
      confidence: 'likely',
      title: revision
        ? `“initialize” for revision ${revision} was answered with an error`
        : '“initialize” was answered with an error',
      explanation:
        'Every revision from 2024-11-05 on is negotiated, so the version alone is not the cause. The request lacked a member that the revision requires, or its headers named another revision than its body.',
      evidence: [failed],
      fix: [
        {
          text: 'Look at the event in the log: its code and reason say what was missing.',
          where: 'Live log',
        },
        'Update the client, and let no proxy add MCP-Protocol-Version.',
      ],
    }
  },
})
