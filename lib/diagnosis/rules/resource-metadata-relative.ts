import { answersTo, pointerOf, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** Clients silently ignore a relative pointer. */
export const resourceMetadataRelative = probeRule({
  id: 'resource-metadata-relative',
  stages: discoveryStages,
  symptom: 'Asked again and again without a token, and never reads a document',
  sources: ['anthropics/claude-ai-mcp#133', 'anthropics/claude-ai-mcp#136', 'RFC 9728 §5.1'],
  judge: (probe) => {
    const answer = answersTo(probe, 'challenge-post', 'challenge-get').find((one) => {
      const pointer = pointerOf(one)
      return pointer !== null && !/^https?:\/\//i.test(pointer)
    })
    if (!answer) return null
    return {
      confidence: 'confirmed',
      title: 'The challenge points to its metadata with a relative address',
      explanation: `“resource_metadata” is “${pointerOf(answer)}”. Clients follow absolute addresses only.`,
      observations: [probeText(answer)],
      fix: [
        'Let no proxy rewrite WWW-Authenticate: Portico sends the absolute address of PORTICO_URL.',
      ],
    }
  },
})
