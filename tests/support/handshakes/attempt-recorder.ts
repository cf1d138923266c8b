import { nameAgent } from '@/lib/events/agent'
import type { EventName } from '@/lib/events/catalogue'
import type { HandshakeEvent, StageId } from '@/lib/handshake/handshake'
import { networkOf } from '@/lib/http/address'
import type { ClientScript } from '../clients/claude-script'
import { seenOfNothing } from './handshake-event'

/** How a recorded attempt differs from the default. */
export type Variation = {
  /** distinguishes attempts: client, person, interaction, grant */
  readonly key: string
  /** time of its first request, in milliseconds since the epoch */
  readonly startsAt: number
  readonly identification?: 'dynamic' | 'metadata-document' | 'pre-registered'
  /** identical registrations share one client id */
  readonly clientId?: string
  /** factors for one pause after another, repeated */
  readonly pace?: readonly number[]
  /** how long the person takes for each of their steps, in milliseconds */
  readonly personTakes?: number
  readonly remembered?: boolean
  /** the last step it reaches */
  readonly until?: StageId
  /** the client's, if its script has none */
  readonly address?: string
}

/** An event without an id. */
export type Recorded = Omit<HandshakeEvent, 'id'>

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

export type Ids = Partial<Pick<Recorded, 'clientId' | 'interactionId' | 'grantId' | 'userId'>>

/** Records an attempt as Portico would, request by request. */
export class Recorder {
  readonly events: Recorded[] = []
  private requests = 0
  private pauses = 0
  private at: number
  constructor(
    private readonly script: ClientScript,
    private readonly variation: Variation,
  ) {
    this.at = variation.startsAt
  }

  pause(ms: number): void {
    const { pace = [1] } = this.variation
    this.at += Math.round(ms * (pace[this.pauses % pace.length] ?? 1))
    this.pauses += 1
  }

  personPause(): void {
    this.at += this.variation.personTakes ?? 2000
  }

  newRequest(): void {
    this.requests += 1
  }

  private sender(who: 'control' | 'data' | 'browser') {
    const { key, address: own = '203.0.113.7' } = this.variation
    const { addresses, userAgents } = this.script
    if (who === 'browser') {
      const address = addresses.length > 0 ? `198.51.100.${(Number(key) % 250) + 1}` : own
      return { address, userAgent: `${firefox} ${key}` }
    }
    const address = addresses[this.requests % Math.max(1, addresses.length)] ?? own
    return { address, userAgent: userAgents[who] }
  }

  note(
    who: 'control' | 'data' | 'browser',
    name: EventName,
    [method, path, status]: readonly [string, string, number],
    ids: Ids = {},
    detail: Record<string, unknown> = {},
  ): void {
    const { address, userAgent } = this.sender(who)
    const network = networkOf(address)
    this.at += 1
    this.events.push({
      ...seenOfNothing,
      at: this.at,
      name,
      outcome: status < 400 ? 'ok' : 'refused',
      requestId: `${this.variation.key}:${this.requests}`,
      method,
      path,
      status,
      durationMs: 5,
      address,
      network,
      userAgent,
      agent: nameAgent(userAgent, network),
      ...ids,
      detail,
    })
  }
}
