import { reasonWords } from '@/lib/reasons'
import { event, flag, integer, list, optional, reason, text } from '../declare'
import { because, count, duration, sentenceCase } from '../words'

const alert = {
  channel: optional(text),
  type: text,
  handshake: optional(text),
  attempt: optional(integer),
}

/** What an alert is about. */
const subjectOf = (type: string | undefined, handshake: string | undefined): string =>
  type === 'alert.test' ? 'A test' : `Handshake ${handshake ?? 'unknown'}`

export const serverEvents = {
  'server.started': event({
    detail: { version: text, database: text },
    label: 'Server started',
    icon: 'Power',
    sentence: ({ version, database }) =>
      `Portico ${version ?? ''} on the ${database ?? ''} database`,
  }),
  'server.stopped': event({
    detail: { dropped: integer },
    label: 'Server stopped',
    icon: 'PowerOff',
    sentence: ({ dropped }) =>
      dropped ? `${dropped} events could not be written` : 'Every event was written',
  }),
  'settings.changed': event({
    detail: { settings: list },
    label: 'Settings changed',
    icon: 'Settings',
    sentence: ({ settings }) => sentenceCase(settings?.join(', ') || 'unknown settings'),
  }),
  'events.pruned': event({
    detail: { count: integer, days: optional(integer), megabytes: optional(integer) },
    label: 'Old events deleted',
    icon: 'Eraser',
    sentence: ({ count: deleted, days, megabytes }) =>
      megabytes === undefined
        ? `${count(deleted, 'event')} older than ${count(days, 'day')}`
        : `${count(deleted, 'event')}, so that the log stays below ${megabytes} MiB`,
  }),
  'server.checked': event({
    detail: { asked: integer, answered: integer, findings: list },
    label: 'Self-check done',
    icon: 'Stethoscope',
    sentence: ({ asked, answered, findings }) => {
      const result = `${answered ?? 'No'} of ${count(asked, 'question')} answered`
      return findings?.length ? `${result}; ${findings.join(', ')}` : `${result}; no problems found`
    },
  }),
  'alert.sent': event({
    detail: alert,
    label: 'Alert sent',
    icon: 'BellRing',
    sentence: ({ channel, type, handshake }) =>
      `${subjectOf(type, handshake)} by ${channel ?? 'some channel'}`,
  }),
  'alert.failed': event({
    detail: { ...alert, reason, retryIn: optional(integer) },
    label: 'Alert not sent',
    icon: 'BellOff',
    sentence: ({ channel, type, handshake, reason, retryIn }) => {
      const what = `${subjectOf(type, handshake)}${channel ? ` by ${channel}` : ''}`
      const next = retryIn ? `; again in ${duration(retryIn)}` : ''
      return `${what}: ${reason ? reasonWords(reason) : 'no reason was recorded'}${next}`
    },
  }),
  'exchange.answered': event({
    section: 'RFC 9110 §15',
    detail: { endpoint: text },
    label: 'Request answered',
    icon: 'Check',
    sentence: () => 'Only the answer to this request is known',
  }),
  'exchange.failed': event({
    section: 'RFC 9110 §15.6.1',
    detail: { message: text, database: optional(flag) },
    label: 'Server fault',
    icon: 'ServerCrash',
    sentence: ({ message }) => sentenceCase(message ?? 'an unexpected fault'),
  }),
  'path.missed': event({
    section: 'RFC 9110 §15.5.5',
    detail: { hint: optional(text) },
    label: 'Unknown path',
    icon: 'RouteOff',
    sentence: ({ hint }) => sentenceCase(hint ?? 'nothing is served at this path'),
  }),
  'method.refused': event({
    section: 'RFC 9110 §15.5.6',
    detail: { allow: text },
    label: 'Method refused',
    icon: 'Ban',
    sentence: ({ allow }) => `This path answers only ${allow ?? 'other methods'}`,
  }),
  'request.refused': event({
    section: 'RFC 9110 §15.5',
    detail: { reason, limit: optional(integer) },
    label: 'Request refused',
    icon: 'Ban',
    sentence: ({ reason, limit }) =>
      reason?.kind === 'request-body' && limit
        ? `Its body is larger than ${limit / 1024} KiB`
        : because(reason, 'it cannot be answered'),
  }),
  'form.refused': event({
    section: 'RFC 9700 §4.7',
    detail: { reason, origin: optional(text) },
    label: 'Form refused',
    icon: 'ShieldX',
    sentence: ({ origin }) =>
      `It was sent from ${origin ?? 'another origin'}, which is not that of PORTICO_URL`,
  }),
  'preflight.answered': event({
    section: 'Fetch §3.2.2',
    detail: { origin: optional(text), requested: optional(text) },
    label: 'Preflight answered',
    icon: 'ArrowLeftRight',
    sentence: ({ origin, requested }) =>
      `A page at ${origin ?? 'an unnamed origin'} may send ${requested ?? 'its request'}`,
  }),
  'root.visited': event({
    detail: {},
    label: 'Front page visited',
    icon: 'DoorOpen',
    sentence: () => 'Someone opened the address without a path',
  }),
  'request.throttled': event({
    section: 'RFC 6585 §4',
    detail: { reason, retryAfter: integer },
    label: 'Request throttled',
    icon: 'Hourglass',
    sentence: ({ reason, retryAfter }) =>
      `Too many ${reason ? reasonWords(reason) : 'requests'}; must wait ${duration(retryAfter)}`,
  }),
  'request.unavailable': event({
    section: 'RFC 9110 §15.6.4',
    detail: { reason },
    label: 'Database away',
    icon: 'ServerCrash',
    sentence: ({ reason }) =>
      `${because(reason, 'the database did not answer')}; asked to try again`,
  }),
  'key.rotated': event({
    section: 'RFC 7517 §5',
    detail: { keyId: text },
    label: 'Signing key rotated',
    icon: 'KeySquare',
    sentence: ({ keyId }) =>
      `New tokens are signed with ${keyId ?? 'a new key'}; old ones stay accepted until they expire`,
  }),
}
