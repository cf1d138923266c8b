import { event, integer, text } from '../declare'
import { count } from '../words'

const who = (email: string | undefined): string => email ?? 'Someone'

/** What people change about their own accounts. */
export const accountEvents = {
  'operator.challenged': event({
    section: 'RFC 6238 §5',
    detail: { email: text },
    label: 'Asked for a one-time code',
    icon: 'RectangleEllipsis',
    sentence: ({ email }) => `${who(email)} passed the first step`,
  }),
  'account.renamed': event({
    detail: { email: text },
    label: 'Name changed',
    icon: 'PenLine',
    sentence: ({ email }) => `${who(email)} has a new name`,
  }),
  'account.password-changed': event({
    detail: { email: text, sessions: integer },
    label: 'Own password changed',
    icon: 'KeyRound',
    sentence: ({ email, sessions }) =>
      `${who(email)} chose a new one; ${count(sessions, 'other session').toLowerCase()} ended`,
  }),
  'account.sessions-ended': event({
    detail: { email: text, sessions: integer },
    label: 'Signed out elsewhere',
    icon: 'MonitorX',
    sentence: ({ email, sessions }) => `${count(sessions, 'session')} of ${email ?? 'someone'}`,
  }),
  'totp.enabled': event({
    section: 'RFC 6238 §5',
    detail: { email: text },
    label: 'One-time codes on',
    icon: 'ShieldCheck',
    sentence: ({ email }) => `${who(email)} needs a code to sign in from now on`,
  }),
  'totp.disabled': event({
    section: 'RFC 6238 §5',
    detail: { email: text },
    label: 'One-time codes off',
    icon: 'ShieldOff',
    sentence: ({ email }) => `${who(email)} signs in without a code again`,
  }),
  'recovery-codes.replaced': event({
    detail: { email: text },
    label: 'Recovery codes replaced',
    icon: 'LifeBuoy',
    sentence: ({ email }) => `${who(email)} has ten new ones; the old ones no longer work`,
  }),
  'passkey.added': event({
    section: 'WebAuthn §7.1',
    detail: { email: text, passkey: text },
    label: 'Passkey added',
    icon: 'Fingerprint',
    sentence: ({ email, passkey }) => `“${passkey ?? 'unnamed'}” signs ${email ?? 'someone'} in`,
  }),
  'passkey.renamed': event({
    section: 'WebAuthn §7.1',
    detail: { email: text, passkey: text },
    label: 'Passkey renamed',
    icon: 'Fingerprint',
    sentence: ({ email, passkey }) => `${who(email)} renamed it to “${passkey ?? 'unnamed'}”`,
  }),
  'passkey.removed': event({
    section: 'WebAuthn §7.1',
    detail: { email: text, passkey: text },
    label: 'Passkey removed',
    icon: 'Fingerprint',
    sentence: ({ email, passkey }) => `“${passkey ?? 'unnamed'}” of ${email ?? 'someone'}`,
  }),
  'identity.linked': event({
    section: 'OIDC §5.7',
    detail: { email: text, provider: text },
    label: 'Sign-in linked',
    icon: 'Link2',
    sentence: ({ email, provider }) => `${who(email)} may sign in with ${provider ?? 'a provider'}`,
  }),
}
