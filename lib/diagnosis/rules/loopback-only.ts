import { isLoopbackOrigin } from '../addresses'
import { rule } from '../rule'

/** Harmless at home, but hosted Claude can never connect. */
export const loopbackOnly = rule({
  id: 'loopback-only',
  symptom: 'Claude on the web cannot add the server, Claude Code can',
  sources: ['claude.com/docs/connectors/building/troubleshooting'],
  judge: (handshake, { origin }) => {
    if (handshake || !isLoopbackOrigin(origin)) return null
    return {
      confidence: 'possible',
      title: 'This address works on this machine only',
      explanation:
        'Claude Code and other programs on this machine can connect. Claude on the web, the desktop and phones calls from Anthropic’s network and needs a public https address. If you are only trying it out, nothing is wrong.',
      observations: [`PORTICO_URL: ${origin}`],
      fix: [
        {
          text: 'When hosted Claude should connect: put this server behind a public https name, or a tunnel, and set PORTICO_URL to it.',
          where: 'settings of this server',
          code: 'PORTICO_URL=https://portico.example.com',
        },
      ],
      verify: 'The overview shows the public address, and hosted Claude appears in the live log.',
    }
  },
})
