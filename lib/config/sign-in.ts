import { z } from 'zod'
import { allOrNone, combine, defineSetting } from './define'
import { commaSeparated, oneOfWords, otherServer } from './texts'

// byte for byte as the provider publishes it (OpenID Connect Discovery §4.3)
const issuer = otherServer.refine((value) => {
  const url = new URL(value)
  return !url.search && !url.hash && !url.username && !url.password
}, 'must be an https URL, or http on localhost')

const domain = /^@?([a-z0-9-]+\.)*[a-z0-9-]+$/

const person = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(
    (one) => domain.test(one) || z.email().safeParse(one).success,
    'must be domains and e-mail addresses',
  )
  .transform((one) => one.replace(/^@/, ''))

/** This server's client at a provider (RFC 6749 §2.2), whose redirect URI ends in `path`. */
const clientOf = (variable: string, about: string, path: string) => ({
  id: defineSetting(`${variable}_ID`, z.string(), {
    about: `${about} \`$PORTICO_URL/api/auth/callback/${path}\`.`,
  }),
  secret: defineSetting(`${variable}_SECRET`, z.string(), { about: 'Its client secret.' }),
})

const shown = (label: string) => ({
  group: 'Sign-in' as const,
  label,
  off: 'Not set',
  format: (provider: object | null) => provider && 'On',
})

/** Who may sign in, and with which providers. */
export const signIn = {
  github: allOrNone(
    clientOf(
      'PORTICO_GITHUB',
      'Signing in with GitHub: the client id of an OAuth app whose callback URL is',
      'github',
    ),
    { page: shown('GitHub') },
  ),
  google: allOrNone(
    clientOf(
      'PORTICO_GOOGLE',
      'Signing in with Google: the client id of a web client with the redirect URI',
      'google',
    ),
    { page: shown('Google') },
  ),
  oidc: allOrNone(
    {
      issuer: defineSetting('PORTICO_OIDC_ISSUER', issuer, {
        about:
          'Signing in with any other OpenID provider: its issuer, byte for byte; https, or http on loopback.',
      }),
      ...clientOf('PORTICO_OIDC', 'Its client id, with the redirect URI', 'oidc'),
      name: defineSetting(
        'PORTICO_OIDC_NAME',
        z.string().max(40, 'must be at most 40 characters'),
        {
          default: 'single sign-on',
          about: 'Its name on the button.',
        },
      ),
    },
    {
      page: {
        ...shown('OpenID provider'),
        format: (oidc) => oidc && `${oidc.name}, ${oidc.issuer}`,
      },
    },
  ),
  newcomers: combine(
    {
      allowed: defineSetting('PORTICO_SIGN_IN_ALLOWED', commaSeparated(person), {
        default: '',
        about:
          'Who gets an account at their first sign-in with a provider: domains and e-mail addresses, comma-separated, as `example.com, ada@example.org`. Only addresses that the provider has verified count. Empty: only people who already have an account.',
      }),
      newcomerRole: defineSetting(
        'PORTICO_NEWCOMER_ROLE',
        oneOfWords('member', 'viewer', 'operator'),
        {
          default: 'member',
          about:
            'The role of those accounts: `member` (allow connections), `viewer` (see the dashboard) or `operator`.',
        },
      ),
    },
    {
      value: (own) => own,
      page: {
        group: 'Sign-in',
        label: 'Newcomers from a provider',
        off: 'Nobody without an account',
        format: ({ allowed, newcomerRole }) =>
          allowed.length > 0 ? `${allowed.join(', ')}, as ${newcomerRole}` : null,
      },
    },
  ),
}
