import type { EventName } from '@/lib/events/catalogue'
import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { type Reason, type ReasonKind, reasonWords } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { textsIn } from './probe'

/** The events of one handshake that have one of these names, oldest first. */
export const named = ({ events }: Handshake, ...names: readonly EventName[]): HandshakeEvent[] =>
  events.filter((event) => names.includes(event.name))

/** The newest event that has one of these names. */
export const newest = (
  handshake: Handshake,
  ...names: readonly EventName[]
): HandshakeEvent | undefined => named(handshake, ...names).at(-1)

/** Whether an event of one of these names was recorded. */
export const has = (handshake: Handshake, ...names: readonly EventName[]): boolean =>
  handshake.events.some((event) => names.includes(event.name))

/** A text of an event's detail; empty where there is none. */
export function detailText({ detail }: HandshakeEvent, member: string): string {
  const value = detail[member]
  return typeof value === 'string' ? value : ''
}

/** A list of texts of an event's detail. */
export const detailList = ({ detail }: HandshakeEvent, member: string): string[] =>
  textsIn(detail, member)

/** Why something was refused, as shown; without a reason, the error that was sent. */
export function whyOf(event: HandshakeEvent): string {
  const reason = reasonOfEvent(event)
  return reason ? reasonWords(reason) : detailText(event, 'error')
}

/** A reason of one of these kinds, with its payload. */
type ReasonOf<Kind extends ReasonKind> = Reason & { readonly kind: Kind }

/** An event whose reason is of one of these kinds. */
export type Reasoned<Kind extends ReasonKind> = HandshakeEvent & {
  readonly reason: ReasonOf<Kind>
}

const isOneOf = <Kind extends ReasonKind>(
  reason: Reason,
  kinds: readonly Kind[],
): reason is ReasonOf<Kind> => kinds.some((kind) => kind === reason.kind)

/** The events whose reason is of one of these kinds, each with its reason. */
export const eventsBecause = <Kind extends ReasonKind>(
  events: readonly HandshakeEvent[],
  ...kinds: readonly Kind[]
): Reasoned<Kind>[] =>
  events.flatMap((event) => {
    const reason = reasonOfEvent(event)
    return reason && isOneOf(reason, kinds) ? [{ ...event, reason }] : []
  })

/** The event that shows that a refusal was overcome: the same step succeeded afterwards. */
const overcomeBy: Partial<Record<EventName, EventName>> = {
  'client.refused': 'client.registered',
  'document.refused': 'document.fetched',
  'authorization.refused': 'authorization.requested',
  'operator.refused': 'operator.signed-in',
  'consent.refused': 'consent.granted',
  'token.refused': 'token.issued',
}

/** Refusals of these names after which the same step did not succeed, oldest first. */
export const standing = (handshake: Handshake, ...names: readonly EventName[]): HandshakeEvent[] =>
  named(handshake, ...names).filter((refusal) => {
    const success = overcomeBy[refusal.name]
    return !handshake.events.some(({ name, at }) => name === success && at >= refusal.at)
  })

/** The kinds that a table explains. */
export const kindsIn = <Kind extends ReasonKind>(table: Readonly<Record<Kind, unknown>>): Kind[] =>
  Object.keys(table) as Kind[]

/** The unresolved refusals of a name whose reason is of one of these kinds, oldest first. */
export const refusedBecause = <Kind extends ReasonKind>(
  handshake: Handshake,
  name: EventName,
  ...kinds: readonly Kind[]
): Reasoned<Kind>[] => eventsBecause(standing(handshake, name), ...kinds)

/** Client metadata documents that were refused when no copy was available, oldest first. */
export const documentsRefused = (handshake: Handshake): HandshakeEvent[] =>
  standing(handshake, 'document.refused').filter(({ detail }) => detail.served === 'nothing')

/** Repeated approvals whose code was not exchanged, oldest first. */
export const answersAgain = (handshake: Handshake): HandshakeEvent[] =>
  named(handshake, 'consent.repeated').filter(({ detail }) => detail.became === 'allowed')

/** Hosted Claude's MCP traffic, the user agent that edges block as an AI crawler. */
export const isClaudeUser = ({ userAgent }: HandshakeEvent): boolean =>
  /claude-user/i.test(userAgent ?? '')

/** Hosted Claude's sign-in traffic: discovery, registration and token requests. */
export const isControlPlane = ({ userAgent }: HandshakeEvent): boolean =>
  /python-httpx/i.test(userAgent ?? '')

/** Whether Anthropic's network reached this server in the attempt: its DNS, port and TLS work. */
export const wasReachedByAnthropic = ({ events }: Handshake): boolean =>
  events.some(({ network }) => network === 'anthropic')
