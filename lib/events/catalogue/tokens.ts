import { reasonWords } from '@/lib/reasons'
import { event, flag, integer, oneOf, optional, reason, refusalMembers, text } from '../declare'
import { because, count, duration, refusal } from '../words'

const issued = {
  scope: text,
  tokenId: text,
  expiresIn: integer,
  refreshTokenId: optional(text),
}

export const tokenEvents = {
  'token.issued': event({
    section: 'RFC 6749 §5.1',
    detail: issued,
    label: 'Token issued',
    icon: 'KeyRound',
    sentence: ({ scope, expiresIn, refreshTokenId }) =>
      `For ${scope || 'no particular scope'}, good for ${duration(expiresIn)}, ${
        refreshTokenId ? 'with' : 'without'
      } a refresh token`,
  }),
  'token.refreshed': event({
    section: 'RFC 6749 §6',
    detail: { ...issued, grace: optional(flag), movedFrom: optional(text) },
    label: 'Token refreshed',
    icon: 'RotateCw',
    sentence: ({ scope, expiresIn, grace, movedFrom }) =>
      `For ${scope || 'no particular scope'}, good for ${duration(expiresIn)}${
        grace ? '; the same refresh token was used twice within its grace period' : ''
      }${movedFrom ? `; moved here from ${movedFrom}` : ''}`,
  }),
  'token.reused': event({
    section: 'OAuth 2.1 §4.3.1',
    detail: { refreshTokenId: text },
    label: 'Refresh token reused',
    icon: 'Repeat2',
    sentence: () => 'A used refresh token was used again; its connection was revoked',
  }),
  'token.refused': event({
    section: 'RFC 6749 §5.2',
    detail: {
      ...refusalMembers,
      grantType: optional(text),
      madeFor: optional(text),
      wanted: optional(text),
    },
    label: 'Token refused',
    icon: 'ShieldX',
    sentence: ({ grantType, madeFor, ...why }) =>
      `${refusal(why)}${madeFor ? `: ${madeFor}` : ''}${grantType ? `; ${grantType}` : ''}`,
  }),
  'token.revoked': event({
    section: 'RFC 7009 §2.1',
    detail: { kind: text, tokenId: optional(text), by: optional(oneOf('client', 'person')) },
    label: 'Token revoked',
    icon: 'Trash2',
    sentence: ({ kind, by }) => {
      const token = kind?.replace('_', ' ') ?? 'token'
      return by === 'person'
        ? `A person revoked one ${token}; the connection continues`
        : `The client revoked its ${token}`
    },
  }),
  'revocation.refused': event({
    section: 'RFC 7009 §2.2.1',
    detail: refusalMembers,
    label: 'Revocation refused',
    icon: 'ShieldX',
    sentence: refusal,
  }),
  'revocation.ignored': event({
    section: 'RFC 7009 §2.2',
    detail: { reason },
    label: 'Revocation ignored',
    icon: 'CircleSlash2',
    sentence: ({ reason }) => because(reason, 'there was nothing to revoke'),
  }),
  'token.introspected': event({
    section: 'RFC 7662 §2.2',
    detail: { active: flag },
    label: 'Token introspected',
    icon: 'ScanSearch',
    sentence: ({ active }) =>
      active ? 'Answered that it works' : 'Answered that it does not work',
  }),
  'introspection.refused': event({
    section: 'RFC 7662 §2.3',
    detail: refusalMembers,
    label: 'Introspection refused',
    icon: 'ShieldX',
    sentence: refusal,
  }),
  'grant.paused': event({
    detail: { clientName: text },
    label: 'Connection paused',
    icon: 'CirclePause',
    sentence: ({ clientName }) =>
      `The tokens of ${clientName ?? 'the client'} are refused and kept until it is resumed`,
  }),
  'grant.resumed': event({
    detail: { clientName: text },
    label: 'Connection resumed',
    icon: 'CirclePlay',
    sentence: ({ clientName }) => `The tokens of ${clientName ?? 'the client'} work again`,
  }),
  'grant.renamed': event({
    detail: { clientName: text, label: optional(text) },
    label: 'Connection renamed',
    icon: 'Pencil',
    sentence: ({ clientName, label }) =>
      label
        ? `${clientName ?? 'The client'} is called “${label}” here`
        : `It has the name of ${clientName ?? 'its client'} again`,
  }),
  'grant.revoked': event({
    section: 'OAuth 2.1 §7.4',
    detail: { reason },
    label: 'Connection revoked',
    icon: 'Unplug',
    sentence: ({ reason }) => `Revoked ${reason ? reasonWords(reason) : ''}`.trim(),
  }),
  'grants.revoked': event({
    section: 'OAuth 2.1 §7.4',
    detail: {
      connections: integer,
      people: integer,
      clients: integer,
      consents: optional(integer),
    },
    label: 'Every connection revoked',
    icon: 'Unplug',
    sentence: ({ connections, people, clients }) =>
      `${count(connections, 'connection')} of ${people === 1 ? '1 person' : `${people ?? 'no'} people`} to ${count(clients, 'client')}`,
  }),
}
