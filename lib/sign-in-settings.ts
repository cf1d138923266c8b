import { z } from 'zod'
import { isLoopbackHost } from './loopback'

/** The id and secret that another provider knows this server by (RFC 6749 §2.2). */
export type ProviderClient = { readonly id: string; readonly secret: string }

/** Who may sign in, and where else than here; `null` for a provider that is not set. */
export type SignInSettings = {
  readonly github: ProviderClient | null
  readonly google: ProviderClient | null
  readonly oidc: (ProviderClient & { readonly issuer: string; readonly name: string }) | null
  /** addresses, and domains without an `@`, whose people get an account when they first sign in */
  readonly allowed: readonly string[]
  /** what those people may do */
  readonly newcomerRole: 'member' | 'viewer' | 'operator'
}

const issuer = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null
  const isPlain = url?.protocol === 'http:' && isLoopbackHost(url.hostname)
  const isBare = url && !url.search && !url.hash && !url.username && !url.password
  // byte for byte as the provider spells it (OpenID Connect Discovery §4.3)
  if (isBare && (url.protocol === 'https:' || isPlain)) return value
  context.addIssue({ code: 'custom', message: 'must be an https URL, or http on localhost' })
  return z.NEVER
})

const domain = /^@?([a-z0-9-]+\.)*[a-z0-9-]+$/

const allowed = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim().toLowerCase()))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (one) => domain.test(one) || z.email().safeParse(one).success,
          'must be domains and e-mail addresses',
        )
        .transform((one) => one.replace(/^@/, '')),
    ),
  )

/** The variables that say who signs in and how, and how each is read. */
export const signInVariables = {
  PORTICO_GITHUB_ID: z.string().optional(),
  PORTICO_GITHUB_SECRET: z.string().optional(),
  PORTICO_GOOGLE_ID: z.string().optional(),
  PORTICO_GOOGLE_SECRET: z.string().optional(),
  PORTICO_OIDC_ISSUER: issuer.optional(),
  PORTICO_OIDC_ID: z.string().optional(),
  PORTICO_OIDC_SECRET: z.string().optional(),
  PORTICO_OIDC_NAME: z.string().max(40).default('single sign-on'),
  PORTICO_SIGN_IN_ALLOWED: allowed.default([]),
  PORTICO_NEWCOMER_ROLE: z
    .enum(['member', 'viewer', 'operator'], 'must be member, viewer or operator')
    .default('member'),
}

/** The variables that are no use without one another. */
export const signInSets = [
  ['PORTICO_GITHUB_ID', 'PORTICO_GITHUB_SECRET'],
  ['PORTICO_GOOGLE_ID', 'PORTICO_GOOGLE_SECRET'],
  ['PORTICO_OIDC_ISSUER', 'PORTICO_OIDC_ID', 'PORTICO_OIDC_SECRET'],
] as const

const schema = z.object(signInVariables)

const clientOf = (id: string | undefined, secret: string | undefined): ProviderClient | null =>
  id && secret ? { id, secret } : null

/** The providers that are set, and who may come from them. */
export function signInSettings(data: z.output<typeof schema>): SignInSettings {
  const oidc = clientOf(data.PORTICO_OIDC_ID, data.PORTICO_OIDC_SECRET)
  return {
    github: clientOf(data.PORTICO_GITHUB_ID, data.PORTICO_GITHUB_SECRET),
    google: clientOf(data.PORTICO_GOOGLE_ID, data.PORTICO_GOOGLE_SECRET),
    oidc:
      oidc && data.PORTICO_OIDC_ISSUER
        ? { ...oidc, issuer: data.PORTICO_OIDC_ISSUER, name: data.PORTICO_OIDC_NAME }
        : null,
    allowed: data.PORTICO_SIGN_IN_ALLOWED,
    newcomerRole: data.PORTICO_NEWCOMER_ROLE,
  }
}
