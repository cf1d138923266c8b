import {
  Fingerprint,
  KeyRound,
  LifeBuoy,
  Link2,
  MonitorX,
  PenLine,
  RectangleEllipsis,
  ShieldCheck,
  ShieldOff,
} from 'lucide-react'
import { count, type Presentations } from './presentation'

type Names =
  | 'operator.challenged'
  | 'account.renamed'
  | 'account.password-changed'
  | 'account.sessions-ended'
  | 'totp.enabled'
  | 'totp.disabled'
  | 'recovery-codes.replaced'
  | 'passkey.added'
  | 'passkey.renamed'
  | 'passkey.removed'
  | 'identity.linked'

const who = (email: string | undefined): string => email ?? 'Somebody'

/** What people change about their own accounts. */
export const accountEvents: Presentations<Names> = {
  'operator.challenged': {
    label: 'Asked for a one-time code',
    icon: RectangleEllipsis,
    sentence: ({ email }) => `The first step of ${email ?? 'somebody'} was right`,
  },
  'account.renamed': {
    label: 'Name changed',
    icon: PenLine,
    sentence: ({ email }) => `${who(email)} goes by another name`,
  },
  'account.password-changed': {
    label: 'Own password changed',
    icon: KeyRound,
    sentence: ({ email, sessions }) =>
      `${who(email)} chose another; ${count(sessions, 'other session').toLowerCase()} ended`,
  },
  'account.sessions-ended': {
    label: 'Signed out elsewhere',
    icon: MonitorX,
    sentence: ({ email, sessions }) => `${count(sessions, 'session')} of ${email ?? 'somebody'}`,
  },
  'totp.enabled': {
    label: 'One-time codes on',
    icon: ShieldCheck,
    sentence: ({ email }) => `${who(email)} needs a code to sign in from now on`,
  },
  'totp.disabled': {
    label: 'One-time codes off',
    icon: ShieldOff,
    sentence: ({ email }) => `${who(email)} signs in without a code again`,
  },
  'recovery-codes.replaced': {
    label: 'Recovery codes replaced',
    icon: LifeBuoy,
    sentence: ({ email }) => `${who(email)} has ten new ones; the old ones let nobody in`,
  },
  'passkey.added': {
    label: 'Passkey added',
    icon: Fingerprint,
    sentence: ({ email, passkey }) => `“${passkey ?? 'unnamed'}” lets ${email ?? 'somebody'} in`,
  },
  'passkey.renamed': {
    label: 'Passkey renamed',
    icon: Fingerprint,
    sentence: ({ email, passkey }) => `${who(email)} calls it “${passkey ?? 'unnamed'}” now`,
  },
  'passkey.removed': {
    label: 'Passkey removed',
    icon: Fingerprint,
    sentence: ({ email, passkey }) => `“${passkey ?? 'unnamed'}” of ${email ?? 'somebody'}`,
  },
  'identity.linked': {
    label: 'Sign-in linked',
    icon: Link2,
    sentence: ({ email, provider }) => `${who(email)} may sign in with ${provider ?? 'a provider'}`,
  },
}
