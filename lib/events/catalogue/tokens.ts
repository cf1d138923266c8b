import {
  CirclePause,
  CirclePlay,
  CircleSlash2,
  KeyRound,
  Pencil,
  Repeat2,
  RotateCw,
  ScanSearch,
  ShieldX,
  Trash2,
  Unplug,
} from 'lucide-react'
import { reasonWords } from '@/lib/reasons'
import { because, count, duration, type Presentations, refusal } from './presentation'

type Names =
  | 'token.issued'
  | 'token.refreshed'
  | 'token.reused'
  | 'token.refused'
  | 'token.revoked'
  | 'revocation.refused'
  | 'revocation.ignored'
  | 'token.introspected'
  | 'introspection.refused'
  | 'grant.paused'
  | 'grant.resumed'
  | 'grant.renamed'
  | 'grant.revoked'
  | 'grants.revoked'

export const tokenEvents: Presentations<Names> = {
  'token.issued': {
    label: 'Token issued',
    icon: KeyRound,
    sentence: ({ scope, expiresIn, refreshTokenId }) =>
      `For ${scope || 'no particular scope'}, good for ${duration(expiresIn)}, ${
        refreshTokenId ? 'with' : 'without'
      } a refresh token`,
  },
  'token.refreshed': {
    label: 'Token refreshed',
    icon: RotateCw,
    sentence: ({ scope, expiresIn, grace, movedFrom }) =>
      `For ${scope || 'no particular scope'}, good for ${duration(expiresIn)}${
        grace ? '; the same refresh token came twice and was let through' : ''
      }${movedFrom ? `; moved here from ${movedFrom}` : ''}`,
  },
  'token.reused': {
    label: 'Refresh token reused',
    icon: Repeat2,
    sentence: () => 'A refresh token that had been exchanged came back; its connection was revoked',
  },
  'token.refused': {
    label: 'Token refused',
    icon: ShieldX,
    sentence: ({ grantType, madeFor, ...why }) =>
      `${refusal(why)}${madeFor ? `: ${madeFor}` : ''}${grantType ? `; ${grantType}` : ''}`,
  },
  'token.revoked': {
    label: 'Token revoked',
    icon: Trash2,
    sentence: ({ kind, by }) => {
      const token = kind?.replace('_', ' ') ?? 'token'
      return by === 'person'
        ? `A person took back one ${token}; the connection goes on`
        : `The client gave back its ${token}`
    },
  },
  'revocation.refused': { label: 'Revocation refused', icon: ShieldX, sentence: refusal },
  'revocation.ignored': {
    label: 'Revocation ignored',
    icon: CircleSlash2,
    sentence: ({ reason }) => because(reason, 'there was nothing to revoke'),
  },
  'token.introspected': {
    label: 'Token introspected',
    icon: ScanSearch,
    sentence: ({ active }) =>
      active ? 'Answered that it works' : 'Answered that it does not work',
  },
  'introspection.refused': { label: 'Introspection refused', icon: ShieldX, sentence: refusal },
  'grant.paused': {
    label: 'Connection paused',
    icon: CirclePause,
    sentence: ({ clientName }) =>
      `The tokens of ${clientName ?? 'the client'} are refused and kept until it is resumed`,
  },
  'grant.resumed': {
    label: 'Connection resumed',
    icon: CirclePlay,
    sentence: ({ clientName }) => `The tokens of ${clientName ?? 'the client'} work again`,
  },
  'grant.renamed': {
    label: 'Connection renamed',
    icon: Pencil,
    sentence: ({ clientName, label }) =>
      label
        ? `${clientName ?? 'The client'} is called “${label}” here`
        : `It goes by the name of ${clientName ?? 'its client'} again`,
  },
  'grant.revoked': {
    label: 'Connection revoked',
    icon: Unplug,
    sentence: ({ reason }) => `Revoked ${reason ? reasonWords(reason) : ''}`.trim(),
  },
  'grants.revoked': {
    label: 'Every connection revoked',
    icon: Unplug,
    sentence: ({ connections, people, clients }) =>
      `${count(connections, 'connection')} of ${people === 1 ? '1 person' : `${people ?? 'no'} people`} to ${count(clients, 'client')}`,
  },
}
