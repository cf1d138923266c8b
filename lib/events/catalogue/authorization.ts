import {
  CircleCheck,
  Eraser,
  Hand,
  Hourglass,
  LogIn,
  MessageCircleQuestion,
  Repeat2,
  Search,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  Ticket,
} from 'lucide-react'
import { because, duration, type Presentations, refusal } from './presentation'

type Names =
  | 'authorization.requested'
  | 'authorization.checked'
  | 'authorization.refused'
  | 'consent.shown'
  | 'consent.granted'
  | 'consent.held'
  | 'consent.approved'
  | 'consent.denied'
  | 'consent.repeated'
  | 'consent.forgotten'
  | 'consent.refused'
  | 'code.issued'
  | 'code.replayed'

const client = (name: string | undefined) => name ?? 'The client'
const forgottenBecause: Readonly<Record<string, string>> = {
  person: 'the person forgot the answer',
  revoked: 'the connection was revoked',
  disabled: 'the account was disabled',
  role: 'the person has another role',
}
const repeated: Readonly<Record<string, string>> = {
  allowed: 'led on again with the same code',
  denied: 'led on again with the same no',
  connected: 'the code was exchanged before',
  lapsed: 'the code had run out',
  ended: 'the connection had ended',
}
const access = (scope: string | undefined) => scope || 'no particular scope'

export const authorizationEvents: Presentations<Names> = {
  'authorization.requested': {
    label: 'Authorization requested',
    icon: LogIn,
    sentence: ({ clientName, scope, redirectHost }) =>
      `${client(clientName)} asks for ${access(scope)}; the answer goes to ${redirectHost ?? 'it'}`,
  },
  'authorization.checked': {
    label: 'Authorization checked',
    icon: Search,
    sentence: ({ clientName, error, ...why }) =>
      error
        ? `A program asked whether its request would do: ${refusal({ error, ...why })}`
        : `A program asked whether ${clientName ?? 'its'} request would do: it would`,
  },
  'authorization.refused': {
    label: 'Authorization refused',
    icon: ShieldX,
    sentence: ({ channel, ...why }) =>
      `${refusal(why)}; ${channel === 'redirect' ? 'told the client' : 'told the person on a page'}`,
  },
  'consent.shown': {
    label: 'Consent asked',
    icon: MessageCircleQuestion,
    sentence: ({ clientName, scope }) => `May ${client(clientName)} have ${access(scope)}?`,
  },
  'consent.granted': {
    label: 'Consent granted',
    icon: CircleCheck,
    sentence: ({ clientName, scope, remembered }) =>
      `${client(clientName)} may have ${access(scope)}${remembered ? ', as remembered' : ''}`,
  },
  'consent.held': {
    label: 'Waits for an operator',
    icon: Hourglass,
    sentence: ({ clientName, scope, redirectHost }) =>
      `The person allowed ${client(clientName)} ${access(scope)}; an operator has to approve it before ${redirectHost ?? 'the client'} is told`,
  },
  'consent.approved': {
    label: 'Approved by an operator',
    icon: ShieldCheck,
    sentence: ({ clientName, redirectHost }) =>
      `${client(clientName)} is approved, so the person’s answer goes to ${redirectHost ?? 'it'}`,
  },
  'consent.denied': {
    label: 'Consent denied',
    icon: Hand,
    sentence: ({ clientName, byOperator }) =>
      `${client(clientName)} was turned away by ${byOperator ? 'an operator' : 'the person'}`,
  },
  'consent.repeated': {
    label: 'Answer given again',
    icon: Repeat2,
    sentence: ({ clientName, became, redirectHost }) =>
      `${client(clientName)}: ${repeated[became ?? 'denied']}; the answer goes to ${redirectHost ?? 'it'}`,
  },
  'consent.forgotten': {
    label: 'Remembered consent forgotten',
    icon: Eraser,
    sentence: ({ clientName, count = 1, because = 'person' }) =>
      `${clientName ?? (count === 1 ? 'The app' : `Each of ${count} apps`)} has to ask again: ${forgottenBecause[because] ?? because}`,
  },
  'consent.refused': {
    label: 'Answer refused',
    icon: ShieldAlert,
    sentence: ({ reason }) => because(reason, 'the answer could not be trusted'),
  },
  'code.issued': {
    label: 'Code issued',
    icon: Ticket,
    sentence: ({ expiresIn, redirectHost }) =>
      `Sent to ${redirectHost ?? 'the client'}, good for ${duration(expiresIn)}`,
  },
  'code.replayed': {
    label: 'Code replayed',
    icon: Repeat2,
    sentence: ({ revoked }) =>
      `A code came a second time${revoked ? ', so its connection was revoked' : ''}`,
  },
}
