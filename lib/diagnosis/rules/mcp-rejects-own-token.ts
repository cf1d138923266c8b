import { type PlainReasonKind, reasonWords } from '@/lib/reasons'
import { afterToken, rejectedCalls } from '../after-token'
import { kindsIn } from '../evidence'
import { handshakeRule, type Step } from '../rule'

/** The cause behind each reason of the gate, just after this server issued the token. */
const causes = {
  'token-key': {
    because:
      'It was signed with a key that the answering instance does not have: two instances do not share one database, or one of them was restored from another backup.',
    fix: {
      text: 'Give every instance the same DATABASE_URL and the same PORTICO_SECRET, and restart all of them.',
      where: 'settings of this server',
    },
  },
  'token-signature': {
    because:
      'Its signature does not fit the key of that id: the token was changed on its way, or two instances created their own keys.',
    fix: 'Give every instance the same DATABASE_URL and PORTICO_SECRET; look for a proxy that rewrites the Authorization header.',
  },
  'token-issuer': {
    because:
      'It was issued under another PORTICO_URL than the one in force: the setting was changed, or differs between instances.',
    fix: {
      text: 'Set the same PORTICO_URL for every instance, restart, and connect again: tokens of the old name are not accepted.',
      where: 'settings of this server',
    },
  },
  'token-type': {
    because: 'It is a token of this server, but not an access token.',
    fix: 'Look for a proxy or a script that sends a token of its own.',
  },
  'token-unknown': {
    because:
      'Its signature is right, but the database has no such token: it was issued by an instance with another database, or the database was restored to an earlier state.',
    fix: {
      text: 'Give every instance the same DATABASE_URL; after restoring a backup, remove the connector in Claude and add it again.',
      where: 'settings of this server',
    },
  },
} satisfies Partial<Record<PlainReasonKind, { readonly because: string; readonly fix: Step }>>

/** §0 step 1: the request arrived, and this server refused the token that it had just issued. */
export const mcpRejectsOwnToken = handshakeRule({
  id: 'mcp-rejects-own-token',
  symptom: 'Claude says that the integration rejected the credentials it just issued',
  sources: [
    'anthropics/claude-ai-mcp#385',
    'anthropics/claude-ai-mcp#393',
    'anthropics/claude-ai-mcp#480',
    'RFC 6750 §3.1',
  ],
  judge: (handshake, _facts, now) => {
    const after = afterToken(handshake, now)
    const call =
      after &&
      rejectedCalls(after, ...kindsIn(causes)).find(({ at }) => at <= after.token.at + 60_000)
    if (!after || !call) return null
    const { because, fix } = causes[call.reason.kind]
    return {
      confidence: 'confirmed',
      title: `Claude came with its new token, and this server refused it: ${reasonWords(call.reason)}`,
      explanation: because,
      evidence: [after.token, call],
      fix: [fix],
    }
  },
})
