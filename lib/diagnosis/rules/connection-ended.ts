import { detailText, idsOf, named, reasonOf } from '../evidence'
import type { FixStep } from '../finding'
import { handshakeRule } from '../rule'

const ends: Readonly<Record<string, { readonly title: string; readonly fix: FixStep }>> = {
  'grant paused': {
    title: 'The connection is paused, so its requests are refused',
    fix: { text: 'Resume the connection.', where: 'Connections → ⋯ → Resume' },
  },
  'grant revoked': {
    title: 'The connection was revoked, so its requests are refused',
    fix: {
      text: 'Connect again from Claude and allow it.',
      where: 'Claude → Settings → Connectors',
    },
  },
  'client disabled': {
    title: 'The client was disabled by an admin',
    fix: { text: 'Enable the client.', where: 'Clients → ⋯ → Enable' },
  },
  'user disabled': {
    title: 'The person behind the connection was disabled',
    fix: { text: 'Enable the person, or connect as somebody else.' },
  },
}

/** What a reason of the gate, of the token endpoint or of /authorize stands for. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^(grant is paused|grant paused|this connection is paused)$/, 'grant paused'],
  [/^(grant is revoked|grant revoked|this connection was revoked)$/, 'grant revoked'],
  [/^(client disabled|this client was disabled)$/, 'client disabled'],
  [/^user disabled$/, 'user disabled'],
]

/** Somebody here ended or paused what the client holds. */
export const connectionEnded = handshakeRule({
  id: 'connection-ended',
  whenComplete: true,
  symptom: 'It worked before; now every request is refused',
  sources: ['RFC 7009 §2', 'OAuth 2.1 §7.4'],
  judge: (handshake) => {
    // revoked for a replay: that is the cause, and has a rule of its own
    const isBreach = named(handshake, 'grant.revoked').some((event) =>
      /reuse|replay/.test(detailText(event, 'reason')),
    )
    if (isBreach) return null
    const refusals = named(handshake, 'mcp.challenged', 'token.refused', 'authorization.refused')
    const answered = handshake.events.findLast(
      ({ name, outcome }) => name.startsWith('mcp.') && outcome === 'ok',
    )
    // paused and resumed: what was refused before the last answer is over
    const standing = refusals.filter(({ at }) => !answered || at > answered.at)
    for (const event of standing.toReversed()) {
      const end = meanings.find(([pattern]) => pattern.test(reasonOf(event)))?.[1]
      if (!end || !ends[end]) continue
      const { title, fix } = ends[end]
      return {
        confidence: 'confirmed',
        title,
        explanation:
          'Nothing is broken: this was decided under Connections, Clients or Operators, and the audit trail says by whom. It is felt within a second.',
        evidence: idsOf(event),
        fix: [fix],
        verify: 'The next request of the connection is answered.',
      }
    }
    return null
  },
})
