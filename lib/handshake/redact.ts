import type { EventFacts } from '@/lib/events/fields'
import type { Handshake } from './handshake'

/**
 * Makes the data of a handshake fit to share: addresses become their network, e-mail addresses are removed,
 * ids are shortened so that they can still be told apart.
 */

/** Matches only from the start of a word: from every letter of a long one it would be quadratic. */
const email = /(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+/g
const ipv4 = /\b(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b(?!\.\d)/g
/** At least two groups and a double colon, or all eight groups; times such as 18:24:53 do not match. */
const ipv6 =
  /(?<![\w:])(?:[\da-f]{1,4}:){7}[\da-f]{1,4}(?![\w:])|(?<![\w:])(?=[\da-f:]*::)(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])/gi
/** Ids that this server issues: a prefix and random characters, unlike `client_secret_post`. */
const ownId = /\b[a-z]{2,12}_(?=[\w-]*[A-Z\d])[\w-]{8,}/g
const uuid = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi

/** An id by its prefix and last four characters. */
export function shortenId(id: string): string {
  if (/^https?:/.test(id)) return id
  const prefix = /^[a-z]{2,12}_/.exec(id)?.[0] ?? ''
  return id.length - prefix.length <= 6 ? id : `${prefix}…${id.slice(-4)}`
}

/** An address by its network: /24 of IPv4, /48 of IPv6. */
export function networkOnly(address: string): string {
  if (!address.includes(':')) return address.replace(/\.\d+$/, '.0/24')
  const [head = ''] = address.split('::')
  const groups = head.split(':').filter(Boolean).slice(0, 3)
  return `${groups.join(':')}::/48`
}

/** A text without e-mail addresses, with networks for addresses and short ids. */
export const redactText = (text: string): string =>
  text
    .replace(email, '[e-mail]')
    .replace(uuid, (id) => `…${id.slice(-4)}`)
    .replace(ownId, (id) => shortenId(id))
    .replace(ipv6, (address) => networkOnly(address))
    .replace(ipv4, '$1.0/24')

/** Every text in a value. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactValue(item)]))
}

const short = (id: string | null): string | null => (id === null ? null : shortenId(id))

/** An event without what identifies a person. */
export const redactEvent = <Event extends Omit<EventFacts, 'name' | 'outcome' | 'fold'>>(
  event: Event,
): Event => ({
  ...event,
  requestId: `…${event.requestId.slice(-4)}`,
  path: event.path === null ? null : redactText(event.path),
  address: event.address === null ? null : networkOnly(event.address),
  userAgent: event.userAgent === null ? null : redactText(event.userAgent),
  edge: event.edge === null ? null : redactValue(event.edge),
  clientId: short(event.clientId),
  interactionId: short(event.interactionId),
  grantId: short(event.grantId),
  sessionId: short(event.sessionId),
  userId: null,
  detail: redactValue(event.detail),
})

/** A handshake without what identifies a person. */
export const redactHandshake = (handshake: Handshake): Handshake => ({
  ...handshake,
  clientId: short(handshake.clientId),
  userId: null,
  interactionId: short(handshake.interactionId),
  grantId: short(handshake.grantId),
  events: handshake.events.map(redactEvent),
})
