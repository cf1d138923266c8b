import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { isInternalOrigin, isLoopbackOrigin } from '../addresses'
import { detailText, has, named } from '../evidence'
import type { Facts } from '../facts'
import type { FixStep } from '../finding'
import { handshakeRule, troubledStage } from '../rule'
import { addAnew } from '../words'

/** Where a client stops that rejects the document: it reads both, and never registers. */
const stages: readonly (string | null)[] = ['server-metadata', 'client-identified']

/**
 * Whether a proxy made up the name, as nginx does by default: this server's own requests arrive under it
 * too, or nobody outside can have been given it. When its own requests were not seen, an internal name says
 * nothing of a public server.
 */
function isOfProxy(
  { forwarding, origin }: Facts,
  name: string,
  { network }: Pick<HandshakeEvent, 'network'>,
): boolean {
  const own = forwarding?.own
  if (own?.askedAt === name) return true
  if (!isInternalOrigin(name)) return false
  const isInside = network === 'loopback' || network === 'private'
  return !isInside || (!own && !isInternalOrigin(origin))
}

const both = (name: string): FixStep[] =>
  name.startsWith('https:') || isLoopbackOrigin(name)
    ? [
        {
          text: 'Or have this server answer to both names: name the other one, too, and restart.',
          where: 'settings of this server',
          code: `PORTICO_FORMER_URLS=${name}`,
        },
      ]
    : []

/** The pasted address leads here, but differs from the one in every document. */
export const askedByAnotherName = handshakeRule({
  id: 'asked-by-another-name',
  symptom: 'Protected resource … does not match expected …, or the client stops without an error',
  sources: ['RFC 9728 §3.3', 'claude.com/docs/connectors/building/authentication'],
  judge: (handshake, facts) => {
    const { mcpUrl, origin } = facts
    const event = named(handshake, 'resource-metadata.served', 'mcp.challenged').findLast(
      (event) => detailText(event, 'askedAt') !== '',
    )
    if (!event || !stages.includes(troubledStage(handshake))) return null
    if (has(handshake, 'client.registered', 'authorization.requested')) return null
    const name = detailText(event, 'askedAt')
    if (isOfProxy(facts, name, event)) return null
    const isCertain = facts.forwarding?.own && facts.forwarding.own.askedAt === undefined
    return {
      confidence: isCertain ? 'confirmed' : 'likely',
      title: `The client was given ${name}${new URL(mcpUrl).pathname}, and this server is ${mcpUrl}`,
      explanation:
        'A client compares the address that it was given with the one in the metadata, and stops where they differ: another host name (with or without www), http instead of https, another port, or the name that a proxy uses inside the network.',
      evidence: [event],
      observations: [`requested at: ${name}`, `set as PORTICO_URL: ${origin}`],
      fix: [
        { text: 'Give the client exactly this address.', code: mcpUrl },
        ...both(name),
        {
          text: 'Or, if people should use the other name alone, set PORTICO_URL to it and restart.',
          where: 'settings of this server',
        },
        addAnew,
      ],
    }
  },
})
