import {
  Cookie,
  KeyRound,
  Link,
  LogIn,
  LogOut,
  MailPlus,
  MailX,
  RotateCcwKey,
  Unlink,
  UserCheck,
  UserCog,
  UserLock,
  UserPlus,
  UserX,
} from 'lucide-react'
import { reasonWords } from '@/lib/reasons'
import { because, count, type Presentations } from './presentation'

type Names =
  | 'operator.created'
  | 'operator.signed-in'
  | 'operator.refused'
  | 'cookie.lost'
  | 'session.forgotten'
  | 'operator.signed-out'
  | 'operator.invited'
  | 'operator.joined'
  | 'operator.role-changed'
  | 'operator.password-changed'
  | 'password-link.created'
  | 'invite.withdrawn'
  | 'invite.refused'
  | 'setup.refused'
  | 'user.disabled'
  | 'user.enabled'
  | 'share.created'
  | 'share.withdrawn'
  | 'share.refused'

const blocked = { kind: 'cookie-lost', because: 'blocked' } as const

export const peopleEvents: Presentations<Names> = {
  'operator.created': {
    label: 'Account created',
    icon: UserPlus,
    sentence: ({ email, role }) => `${email ?? 'Somebody'}, role ${role ?? 'unknown'}`,
  },
  'operator.signed-in': {
    label: 'Signed in',
    icon: LogIn,
    sentence: ({ email, provider }) => `${email ?? 'Somebody'} by ${provider ?? 'password'}`,
  },
  'operator.refused': {
    label: 'Sign-in refused',
    icon: UserX,
    sentence: ({ email, reason }) => `${because(reason)}${email ? `; ${email}` : ''}`,
  },
  'cookie.lost': {
    label: 'Cookie not kept',
    icon: Cookie,
    sentence: ({ reason, origin }) =>
      `The sign-in was lost: ${reasonWords(reason ?? blocked)}${origin ? `; ${origin}` : ''}`,
  },
  'session.forgotten': {
    label: 'Session forgotten',
    icon: Cookie,
    sentence: ({ reason }) => because(reason, 'the cookie could not be read'),
  },
  'operator.signed-out': {
    label: 'Signed out',
    icon: LogOut,
    sentence: ({ email }) => email ?? 'A person ended their session',
  },
  'operator.invited': {
    label: 'Invited',
    icon: MailPlus,
    sentence: ({ email, role }) =>
      `A link makes an account for ${email ?? 'somebody'}, role ${role ?? 'unknown'}`,
  },
  'operator.joined': {
    label: 'Invitation accepted',
    icon: UserPlus,
    sentence: ({ email, role }) => `${email ?? 'Somebody'}, role ${role ?? 'unknown'}`,
  },
  'operator.role-changed': {
    label: 'Role changed',
    icon: UserCog,
    sentence: ({ email, from, to }) =>
      `${email ?? 'Somebody'} was ${from ?? 'something else'} and is ${to ?? 'another'} now`,
  },
  'operator.password-changed': {
    label: 'Password changed',
    icon: RotateCcwKey,
    sentence: ({ email }) => `${email ?? 'Somebody'} chose a new one by a link`,
  },
  'password-link.created': {
    label: 'Password link made',
    icon: KeyRound,
    sentence: ({ email }) => `It lets ${email ?? 'somebody'} choose a new password, once`,
  },
  'invite.withdrawn': {
    label: 'Link withdrawn',
    icon: MailX,
    sentence: ({ email }) => `The link for ${email ?? 'somebody'} opens nothing any more`,
  },
  'invite.refused': {
    label: 'Link refused',
    icon: MailX,
    sentence: ({ reason }) => because(reason),
  },
  'setup.refused': {
    label: 'Set-up link refused',
    icon: MailX,
    sentence: ({ reason }) => because(reason),
  },
  'user.disabled': {
    label: 'Account disabled',
    icon: UserLock,
    sentence: ({ email }) =>
      `${email ?? 'Somebody'} is signed out, and what was allowed in that name is refused`,
  },
  'user.enabled': {
    label: 'Account enabled',
    icon: UserCheck,
    sentence: ({ email }) => `${email ?? 'Somebody'} may sign in again`,
  },
  'share.created': {
    label: 'Handshake shared',
    icon: Link,
    sentence: ({ days }) =>
      `A link shows it, redacted, to whoever has it, for ${count(days, 'day')}`,
  },
  'share.withdrawn': {
    label: 'Share withdrawn',
    icon: Unlink,
    sentence: () => 'The link to a redacted handshake opens nothing any more',
  },
  'share.refused': {
    label: 'Share refused',
    icon: Unlink,
    sentence: ({ reason }) => because(reason),
  },
}
