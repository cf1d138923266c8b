import {
  ArrowLeftRight,
  Ban,
  BellOff,
  BellRing,
  Check,
  DoorOpen,
  Eraser,
  Hourglass,
  KeySquare,
  Power,
  PowerOff,
  RouteOff,
  ServerCrash,
  Settings,
  ShieldX,
  Stethoscope,
} from 'lucide-react'
import { reasonWords } from '@/lib/reasons'
import { because, count, duration, type Presentations, sentenceCase } from './presentation'

type Names =
  | 'server.started'
  | 'server.stopped'
  | 'server.checked'
  | 'alert.sent'
  | 'alert.failed'
  | 'exchange.answered'
  | 'exchange.failed'
  | 'path.missed'
  | 'method.refused'
  | 'request.refused'
  | 'form.refused'
  | 'preflight.answered'
  | 'root.visited'
  | 'request.throttled'
  | 'request.unavailable'
  | 'key.rotated'
  | 'settings.changed'
  | 'events.pruned'

/** What an alert tells of. */
const subjectOf = (type: string | undefined, handshake: string | undefined): string =>
  type === 'alert.test' ? 'A test' : `Handshake ${handshake ?? 'unknown'}`

export const serverEvents: Presentations<Names> = {
  'server.started': {
    label: 'Server started',
    icon: Power,
    sentence: ({ version, database }) =>
      `Portico ${version ?? ''} on the ${database ?? ''} database`,
  },
  'server.stopped': {
    label: 'Server stopped',
    icon: PowerOff,
    sentence: ({ dropped }) =>
      dropped ? `${dropped} events could not be written` : 'Every event was written before it left',
  },
  'settings.changed': {
    label: 'Settings changed',
    icon: Settings,
    sentence: ({ settings }) => sentenceCase(settings?.join(', ') || 'nothing is known of it'),
  },
  'events.pruned': {
    label: 'Old events deleted',
    icon: Eraser,
    sentence: ({ count: deleted, days, megabytes }) =>
      megabytes === undefined
        ? `${count(deleted, 'event')} older than ${count(days, 'day')}`
        : `${count(deleted, 'event')}, so that the log stays below ${megabytes} MiB`,
  },
  'server.checked': {
    label: 'Self-check done',
    icon: Stethoscope,
    sentence: ({ asked, answered, findings }) => {
      const heard = `${answered ?? 'No'} of ${count(asked, 'question')} answered`
      return findings?.length ? `${heard}; ${findings.join(', ')}` : `${heard}; nothing was found`
    },
  },
  'alert.sent': {
    label: 'Alert sent',
    icon: BellRing,
    sentence: ({ channel, type, handshake }) =>
      `${subjectOf(type, handshake)} by ${channel ?? 'some channel'}`,
  },
  'alert.failed': {
    label: 'Alert not sent',
    icon: BellOff,
    sentence: ({ channel, type, handshake, reason, retryIn }) => {
      const what = `${subjectOf(type, handshake)}${channel ? ` by ${channel}` : ''}`
      const next = retryIn ? `; again in ${duration(retryIn)}` : ''
      return `${what}: ${reason ? reasonWords(reason) : 'no reason was recorded'}${next}`
    },
  },
  'exchange.answered': {
    label: 'Request answered',
    icon: Check,
    sentence: () => 'Nothing more is known of this exchange than its answer',
  },
  'exchange.failed': {
    label: 'Server fault',
    icon: ServerCrash,
    sentence: ({ message }) => sentenceCase(message ?? 'an unexpected fault'),
  },
  'path.missed': {
    label: 'Unknown path',
    icon: RouteOff,
    sentence: ({ hint }) => sentenceCase(hint ?? 'nothing is served at this path'),
  },
  'method.refused': {
    label: 'Method refused',
    icon: Ban,
    sentence: ({ allow }) => `This path answers only ${allow ?? 'other methods'}`,
  },
  'request.refused': {
    label: 'Request refused',
    icon: Ban,
    sentence: ({ reason, limit }) =>
      reason?.kind === 'request-body' && limit
        ? `Its body is larger than ${limit / 1024} KiB`
        : because(reason, 'it is none that can be answered'),
  },
  'form.refused': {
    label: 'Form refused',
    icon: ShieldX,
    sentence: ({ origin }) =>
      `It was sent from ${origin ?? 'another origin'}, and PORTICO_URL says that people are elsewhere`,
  },
  'preflight.answered': {
    label: 'Preflight answered',
    icon: ArrowLeftRight,
    sentence: ({ origin, requested }) =>
      `A page at ${origin ?? 'an unnamed origin'} may send ${requested ?? 'its request'}`,
  },
  'root.visited': {
    label: 'Front page visited',
    icon: DoorOpen,
    sentence: () => 'Somebody opened the address without a path',
  },
  'request.throttled': {
    label: 'Request throttled',
    icon: Hourglass,
    sentence: ({ reason, retryAfter }) =>
      `Too many ${reason ? reasonWords(reason) : 'requests'}; told to wait ${duration(retryAfter)}`,
  },
  'request.unavailable': {
    label: 'Database away',
    icon: ServerCrash,
    sentence: ({ reason }) =>
      `${because(reason, 'the database did not answer')}; told to try again`,
  },
  'key.rotated': {
    label: 'Signing key rotated',
    icon: KeySquare,
    sentence: ({ keyId }) =>
      `New tokens are signed with ${keyId ?? 'a new key'}; old ones stay accepted until they expire`,
  },
}
