import { documentAt, textsIn } from '../probe'
import { discoveryStages, probeRule } from '../rule'
import { addAnew } from '../words'

/** RFC 8414 §3.3: simple string comparison. */
export const issuerMismatch = probeRule({
  id: 'issuer-mismatch',
  stages: [...discoveryStages, 'token-issued'],
  symptom: 'Issuer mismatch; the command line works and the desktop does not',
  sources: ['appstrate/appstrate#678', 'draft-detective#775', 'RFC 8414 §3.3', 'RFC 9207 §2.4'],
  judge: (probe, { origin }) => {
    const metadata = documentAt(probe, 'server-metadata')
    const resource = documentAt(probe, 'resource-metadata')
    const issuer = metadata?.issuer
    const [named] = resource ? textsIn(resource, 'authorization_servers') : []
    const differs =
      typeof issuer === 'string' && (issuer !== origin || (named !== undefined && named !== issuer))
    const isElsewhere = named !== undefined && named !== origin
    if (!differs && !isElsewhere) return null
    return {
      confidence: 'confirmed',
      title: 'The issuer is written in two ways',
      explanation:
        'The issuer in the server’s metadata must be the one that the resource names and the origin it is served from, letter by letter. A trailing slash makes a difference.',
      observations: [
        `PORTICO_URL: ${origin}`,
        `issuer: ${typeof issuer === 'string' ? issuer : 'none'}`,
        `authorization_servers: ${named ?? 'none'}`,
      ],
      fix: [
        {
          text: 'Set the same PORTICO_URL on every instance and restart; let no proxy rewrite the documents.',
          where: 'settings of this server',
        },
        addAnew,
      ],
    }
  },
})
