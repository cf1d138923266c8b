import { reasonWords } from '@/lib/reasons'
import { event, integer, optional, reason, text } from '../declare'
import { because, count } from '../words'

const blocked = { kind: 'cookie-lost', because: 'blocked' } as const

const withRole = ({ email, role }: { email?: string; role?: string }) =>
  `${email ?? 'Somebody'}, role ${role ?? 'unknown'}`

export const peopleEvents = {
  'operator.created': event({
    detail: { email: text, role: text },
    label: 'Account created',
    icon: 'UserPlus',
    sentence: withRole,
  }),
  'operator.signed-in': event({
    detail: { email: text, provider: text },
    label: 'Signed in',
    icon: 'LogIn',
    sentence: ({ email, provider }) => `${email ?? 'Somebody'} by ${provider ?? 'password'}`,
  }),
  'operator.refused': event({
    detail: { email: optional(text), reason },
    label: 'Sign-in refused',
    icon: 'UserX',
    sentence: ({ email, reason }) => `${because(reason)}${email ? `; ${email}` : ''}`,
  }),
  'cookie.lost': event({
    section: 'RFC 6265 §5.4',
    detail: { what: text, reason, origin: optional(text) },
    label: 'Cookie not kept',
    icon: 'Cookie',
    sentence: ({ reason, origin }) =>
      `The sign-in was lost: ${reasonWords(reason ?? blocked)}${origin ? `; ${origin}` : ''}`,
  }),
  'session.forgotten': event({
    detail: { reason },
    label: 'Session forgotten',
    icon: 'Cookie',
    sentence: ({ reason }) => because(reason, 'the cookie could not be read'),
  }),
  'operator.signed-out': event({
    detail: {},
    label: 'Signed out',
    icon: 'LogOut',
    sentence: () => 'A person ended their session',
  }),
  'operator.invited': event({
    detail: { email: text, role: text },
    label: 'Invited',
    icon: 'MailPlus',
    sentence: ({ email, role }) =>
      `A link creates an account for ${email ?? 'someone'}, role ${role ?? 'unknown'}`,
  }),
  'operator.joined': event({
    detail: { email: text, role: text },
    label: 'Invitation accepted',
    icon: 'UserPlus',
    sentence: withRole,
  }),
  'operator.role-changed': event({
    detail: { email: text, from: text, to: text },
    label: 'Role changed',
    icon: 'UserCog',
    sentence: ({ email, from, to }) =>
      `${email ?? 'Somebody'} was ${from ?? 'something else'} and is ${to ?? 'another'} now`,
  }),
  'operator.password-changed': event({
    detail: { email: text },
    label: 'Password changed',
    icon: 'RotateCcwKey',
    sentence: ({ email }) => `${email ?? 'Somebody'} chose a new one with a link`,
  }),
  'password-link.created': event({
    detail: { email: text },
    label: 'Password link created',
    icon: 'KeyRound',
    sentence: ({ email }) => `It lets ${email ?? 'someone'} choose a new password, once`,
  }),
  'invite.withdrawn': event({
    detail: { email: text },
    label: 'Link withdrawn',
    icon: 'MailX',
    sentence: ({ email }) => `The link for ${email ?? 'someone'} no longer works`,
  }),
  'invite.refused': event({
    detail: { reason },
    label: 'Link refused',
    icon: 'MailX',
    sentence: ({ reason }) => because(reason),
  }),
  'setup.refused': event({
    detail: { reason },
    label: 'Set-up link refused',
    icon: 'MailX',
    sentence: ({ reason }) => because(reason),
  }),
  'user.disabled': event({
    detail: { email: text },
    label: 'Account disabled',
    icon: 'UserLock',
    sentence: ({ email }) => `${email ?? 'Somebody'} is signed out, and their tokens are refused`,
  }),
  'user.enabled': event({
    detail: { email: text },
    label: 'Account enabled',
    icon: 'UserCheck',
    sentence: ({ email }) => `${email ?? 'Somebody'} may sign in again`,
  }),
  'share.created': event({
    detail: { handshakeId: text, days: integer },
    label: 'Handshake shared',
    icon: 'Link',
    sentence: ({ days }) =>
      `A link shows it, redacted, to anyone who has it, for ${count(days, 'day')}`,
  }),
  'share.withdrawn': event({
    detail: { handshakeId: text },
    label: 'Share withdrawn',
    icon: 'Unlink',
    sentence: () => 'The link to a redacted handshake no longer works',
  }),
  'share.refused': event({
    detail: { reason },
    label: 'Share refused',
    icon: 'Unlink',
    sentence: ({ reason }) => because(reason),
  }),
}
