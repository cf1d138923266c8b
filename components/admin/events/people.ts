import { Link, LogIn, LogOut, Unlink, UserCheck, UserLock, UserPlus, UserX } from 'lucide-react'
import { count, type Presentations, sentenceCase } from './presentation'

type Names =
  | 'operator.created'
  | 'operator.signed-in'
  | 'operator.refused'
  | 'operator.signed-out'
  | 'user.disabled'
  | 'user.enabled'
  | 'share.created'
  | 'share.withdrawn'

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
    sentence: ({ email, reason }) =>
      `${sentenceCase(reason ?? 'no reason was recorded')}${email ? `; ${email}` : ''}`,
  },
  'operator.signed-out': {
    label: 'Signed out',
    icon: LogOut,
    sentence: ({ email }) => email ?? 'A person ended their session',
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
}
