import { has, newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** Issued under this origin, unknown to this instance. */
export const codeOtherInstance = handshakeRule({
  id: 'code-other-instance',
  symptom: 'Refused with “invalid_grant”, now and then',
  sources: ['OpenDeepWiki#343', 'RFC 6749 §5.2'],
  judge: (handshake, { settings }) => {
    const refused = refusedBecause(handshake, 'token.refused', 'code-unknown').at(-1)
    if (!refused || has(handshake, 'token.issued')) return null
    const code = newest(handshake, 'code.issued')
    return {
      confidence: code ? 'likely' : 'possible',
      title: 'The code was issued by an instance that shares no database with this one',
      explanation:
        settings.databaseKind === 'embedded'
          ? 'This server uses an embedded database. With a second instance behind the same address, every other request reaches the wrong one.'
          : 'The database that answered does not have the code: instances with different DATABASE_URL, a read replica that lags behind, or a client that sent something else.',
      evidence: [code, refused],
      fix: [
        {
          text: 'Run one instance, or give all of them the same DATABASE_URL (the primary) and PORTICO_SECRET.',
          where: 'settings of this server',
        },
      ],
    }
  },
})
