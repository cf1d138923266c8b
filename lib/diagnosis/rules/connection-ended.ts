import type { PlainReasonKind } from '@/lib/reasons'
import { eventsBecause, kindsIn, named } from '../evidence'
import { handshakeRule, type Step } from '../rule'

/** Refusals that follow from an intended end or pause. */
const ends = {
  'grant-paused': {
    title: 'The connection is paused, so its requests are refused',
    fix: { text: 'Resume the connection.', where: 'Connections → ⋯ → Resume' },
  },
  'grant-revoked': {
    title: 'The connection was revoked, so its requests are refused',
    fix: {
      text: 'Connect again from Claude and allow it.',
      where: 'Claude → Settings → Connectors',
    },
  },
  'client-disabled': {
    title: 'The client was disabled by an admin',
    fix: { text: 'Enable the client.', where: 'Clients → ⋯ → Enable' },
  },
  'user-disabled': {
    title: 'The person behind the connection was disabled',
    fix: 'Enable the person, or connect as someone else.',
  },
} satisfies Partial<Record<PlainReasonKind, { readonly title: string; readonly fix: Step }>>

/** A person here ended or paused the client's connection. */
export const connectionEnded = handshakeRule({
  id: 'connection-ended',
  whenComplete: true,
  symptom: 'It worked before; now every request is refused',
  sources: ['RFC 7009 §2', 'OAuth 2.1 §7.4'],
  judge: (handshake) => {
    // revoked for a replay: another rule covers that cause
    const revoked = named(handshake, 'grant.revoked')
    if (eventsBecause(revoked, 'code-replayed', 'refresh-token-replayed').length > 0) return null
    const refusals = eventsBecause(
      named(handshake, 'mcp.challenged', 'token.refused', 'authorization.refused'),
      ...kindsIn(ends),
    )
    const answered = handshake.events.findLast(
      ({ name, outcome }) => name.startsWith('mcp.') && outcome === 'ok',
    )
    // paused and resumed: refusals before the last answer are over
    const refused = refusals.findLast(({ at }) => !answered || at > answered.at)
    if (!refused) return null
    const { title, fix } = ends[refused.reason.kind]
    return {
      confidence: 'confirmed',
      title,
      explanation:
        'Nothing is broken: this was decided under Connections, Clients or Operators, and the audit trail says by whom. It takes effect within a second.',
      evidence: [refused],
      fix: [fix],
      verify: 'The next request of the connection is answered.',
    }
  },
})
