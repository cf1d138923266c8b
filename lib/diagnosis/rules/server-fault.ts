import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { detailText, newest } from '../evidence'
import { handshakeRule } from '../rule'

/** The endpoint that failed; any other path may be made up. */
const endpointOf = ({ path }: HandshakeEvent): string =>
  /^\/(mcp|register|authorize|consent|token|revoke|introspect|\.well-known)\b/.exec(
    path ?? '',
  )?.[0] ?? 'another path'

/** An internal error of this server, answered with 500. */
export const serverFault = handshakeRule({
  id: 'server-fault',
  symptom: 'Answered with 500',
  sources: ['RFC 9110 §15.6.1'],
  judge: (handshake) => {
    const failed = newest(handshake, 'exchange.failed')
    if (!failed) return null
    const message = detailText(failed, 'message')
    const isDatabase = failed.detail.database === true
    return {
      confidence: 'confirmed',
      title: `This server failed at ${endpointOf(failed)}`,
      explanation: message || 'The fault left no message; its stack is on the console.',
      evidence: [failed],
      observations: [`${failed.method ?? ''} ${failed.path ?? ''}`.trim()],
      fix: isDatabase
        ? [
            {
              text: 'Check that the database answers and that DATABASE_URL points to it.',
              where: 'settings of this server',
            },
          ]
        : ['Look at the console at that second for the stack, and report it with the version.'],
    }
  },
})
