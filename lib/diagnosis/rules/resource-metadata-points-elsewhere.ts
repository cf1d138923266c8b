import { answerTo, documentAt, pointerOf, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** RFC 9728 §3.2: the document at the pointer names the resource and its servers. */
export const resourceMetadataPointsElsewhere = probeRule({
  id: 'resource-metadata-points-elsewhere',
  stages: discoveryStages,
  symptom: 'Hangs at “Checking connection”',
  sources: ['anthropics/claude-ai-mcp#345', 'github/github-mcp-server#1804', 'RFC 9728 §3.2'],
  judge: (probe) => {
    const challenge = answerTo(probe, 'challenge-post')
    const pointer = challenge ? pointerOf(challenge) : null
    const document = documentAt(probe, 'resource-metadata')
    const namesServer =
      pointer !== null && /oauth-authorization-server|openid-configuration/.test(pointer)
    const isOther =
      document !== null && !('resource' in document && 'authorization_servers' in document)
    const answer = answerTo(probe, 'resource-metadata')
    if (!challenge || !answer || !(namesServer || isOther)) return null
    return {
      confidence: 'confirmed',
      title: 'The challenge does not lead to the metadata of this resource',
      explanation: namesServer
        ? 'It points to the metadata of an authorization server, where clients expect those of the resource.'
        : 'The document there lacks “resource” or “authorization_servers”: another application answers under /.well-known.',
      observations: [`resource_metadata: ${pointer ?? 'none'}`, probeText(answer)],
      fix: [
        {
          text: 'Let /.well-known/oauth-protected-resource and everything below it lead to Portico.',
          where: 'the proxy in front of this server',
        },
      ],
    }
  },
})
