import { answersTo, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** RFC 9728 §5.1 defines one name for it. */
export const resourceMetadataWrongName = probeRule({
  id: 'resource-metadata-wrong-name',
  stages: discoveryStages,
  symptom: 'There is a challenge, and discovery does not begin',
  sources: ['anthropics/claude-code#59463', 'RFC 9728 §5.1'],
  judge: (probe) => {
    const wrong = /\b(resource_metadata_ur[il]|authorization_uri|resource_metadata_endpoint)=/i
    const answer = answersTo(probe, 'challenge-post', 'challenge-get').find(({ headers }) => {
      const challenge = headers['www-authenticate'] ?? ''
      return wrong.test(challenge) && !/\bresource_metadata=/i.test(challenge)
    })
    if (!answer) return null
    const name = wrong.exec(answer.headers['www-authenticate'] ?? '')?.[1]
    return {
      confidence: 'confirmed',
      title: `The challenge calls its pointer “${name}”, which no client knows`,
      explanation:
        'The parameter is “resource_metadata”. Portico uses that name: another server answered.',
      observations: [probeText(answer)],
      fix: ['Let the path /mcp lead to Portico, and no gateway answer in its place.'],
    }
  },
})
