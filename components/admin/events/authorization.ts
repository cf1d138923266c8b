import {
  CircleCheck,
  Hand,
  LogIn,
  MessageCircleQuestion,
  Repeat2,
  ShieldAlert,
  ShieldX,
  Ticket,
} from 'lucide-react'
import { duration, type Presentations, refusal, sentenceCase } from './presentation'

type Names =
  | 'authorization.requested'
  | 'authorization.refused'
  | 'consent.shown'
  | 'consent.granted'
  | 'consent.denied'
  | 'consent.refused'
  | 'code.issued'
  | 'code.replayed'

const client = (name: string | undefined) => name ?? 'The client'
const access = (scope: string | undefined) => scope || 'no particular scope'

export const authorizationEvents: Presentations<Names> = {
  'authorization.requested': {
    label: 'Authorization requested',
    icon: LogIn,
    sentence: ({ clientName, scope, redirectHost }) =>
      `${client(clientName)} asks for ${access(scope)}; the answer goes to ${redirectHost ?? 'it'}`,
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
  'consent.denied': {
    label: 'Consent denied',
    icon: Hand,
    sentence: ({ clientName }) => `${client(clientName)} was turned away by the person`,
  },
  'consent.refused': {
    label: 'Answer refused',
    icon: ShieldAlert,
    sentence: ({ reason }) => sentenceCase(reason ?? 'the answer could not be trusted'),
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
