import {
  event,
  flag,
  integer,
  keyOf,
  list,
  oneOf,
  optional,
  reason,
  refusalMembers,
  text,
} from '../declare'
import { because, duration, refusal } from '../words'

/** keyed fingerprints that distinguish authorization requests, and browsers */
const marks = { run: optional(text), browser: optional(text) }

const client = (name: string | undefined) => name ?? 'The client'
const forgottenBecause: Readonly<Record<string, string>> = {
  person: 'the person forgot the answer',
  revoked: 'the connection was revoked',
  disabled: 'the account was disabled',
  role: 'the person has another role',
}
const repeated = {
  allowed: 'redirected again with the same code',
  denied: 'redirected again with the same denial',
  connected: 'the code was already exchanged',
  lapsed: 'the code had expired',
  ended: 'the connection had ended',
}
const access = (scope: string | undefined) => scope || 'no particular scope'

export const authorizationEvents = {
  'authorization.requested': event({
    section: 'RFC 6749 §4.1.1',
    detail: {
      clientName: text,
      requestedScope: optional(text),
      scope: text,
      resource: text,
      redirectHost: text,
      quirks: optional(list),
      ...marks,
    },
    label: 'Authorization requested',
    icon: 'LogIn',
    sentence: ({ clientName, scope, redirectHost }) =>
      `${client(clientName)} asks for ${access(scope)}; the answer goes to ${redirectHost ?? 'it'}`,
  }),
  'authorization.checked': event({
    section: 'RFC 6749 §4.1.1',
    detail: {
      clientName: optional(text),
      redirectHost: optional(text),
      run: marks.run,
      error: optional(text),
      description: optional(text),
      reason: optional(reason),
      wanted: optional(text),
    },
    label: 'Authorization checked',
    icon: 'Search',
    sentence: ({ clientName, error, ...why }) =>
      error
        ? `A program checked its request: ${refusal({ error, ...why })}`
        : `A program checked the request of ${clientName ?? 'its client'}: accepted`,
  }),
  'authorization.refused': event({
    section: 'RFC 6749 §4.1.2.1',
    detail: { ...refusalMembers, channel: oneOf('page', 'redirect'), wanted: optional(text) },
    label: 'Authorization refused',
    icon: 'ShieldX',
    sentence: ({ channel, ...why }) =>
      `${refusal(why)}; ${channel === 'redirect' ? 'sent to the client' : 'shown to the person'}`,
  }),
  'consent.shown': event({
    section: 'RFC 6749 §4.1.1',
    detail: { clientName: text, scope: text, browser: marks.browser },
    label: 'Consent asked',
    icon: 'MessageCircleQuestion',
    sentence: ({ clientName, scope }) => `May ${client(clientName)} have ${access(scope)}?`,
  }),
  'consent.granted': event({
    section: 'RFC 6749 §4.1.2',
    detail: { clientName: text, scope: text, remembered: optional(flag) },
    label: 'Consent granted',
    icon: 'CircleCheck',
    sentence: ({ clientName, scope, remembered }) =>
      `${client(clientName)} may have ${access(scope)}${remembered ? ', as remembered' : ''}`,
  }),
  'consent.held': event({
    detail: { clientName: text, scope: text, redirectHost: text },
    label: 'Waits for an operator',
    icon: 'Hourglass',
    sentence: ({ clientName, scope, redirectHost }) =>
      `The person allowed ${client(clientName)} ${access(scope)}; an operator must approve it before the answer goes to ${redirectHost ?? 'the client'}`,
  }),
  'consent.approved': event({
    detail: { clientName: text, scope: text, redirectHost: text },
    label: 'Approved by an operator',
    icon: 'ShieldCheck',
    sentence: ({ clientName, redirectHost }) =>
      `${client(clientName)} is approved, so the person’s answer goes to ${redirectHost ?? 'it'}`,
  }),
  'consent.denied': event({
    section: 'RFC 6749 §4.1.2.1',
    detail: { clientName: text, byOperator: optional(flag) },
    label: 'Consent denied',
    icon: 'Hand',
    sentence: ({ clientName, byOperator }) =>
      `${client(clientName)} was denied by ${byOperator ? 'an operator' : 'the person'}`,
  }),
  'consent.repeated': event({
    section: 'RFC 6749 §4.1.2',
    detail: { clientName: text, decision: text, became: keyOf(repeated), redirectHost: text },
    label: 'Answer given again',
    icon: 'Repeat2',
    sentence: ({ clientName, became, redirectHost }) =>
      `${client(clientName)}: ${repeated[became ?? 'denied']}; the answer goes to ${redirectHost ?? 'it'}`,
  }),
  'consent.forgotten': event({
    section: 'OAuth 2.1 §4.1.1',
    detail: { clientName: optional(text), email: optional(text), count: integer, because: text },
    label: 'Remembered consent forgotten',
    icon: 'Eraser',
    sentence: ({ clientName, count = 1, because = 'person' }) =>
      `${clientName ?? (count === 1 ? 'The app' : `Each of ${count} apps`)} has to ask again: ${forgottenBecause[because] ?? because}`,
  }),
  'consent.refused': event({
    section: 'RFC 9700 §4.7',
    detail: { reason },
    label: 'Answer refused',
    icon: 'ShieldAlert',
    sentence: ({ reason }) => because(reason, 'the answer could not be trusted'),
  }),
  'code.issued': event({
    section: 'RFC 6749 §4.1.2',
    detail: { expiresIn: integer, redirectHost: text },
    label: 'Code issued',
    icon: 'Ticket',
    sentence: ({ expiresIn, redirectHost }) =>
      `Sent to ${redirectHost ?? 'the client'}, good for ${duration(expiresIn)}`,
  }),
  'code.replayed': event({
    section: 'RFC 9700 §4.5',
    detail: { revoked: flag },
    label: 'Code replayed',
    icon: 'Repeat2',
    sentence: ({ revoked }) =>
      `A code was used twice${revoked ? ', so its connection was revoked' : ''}`,
  }),
}
