import 'server-only'
import type { Profile } from 'next-auth'
import GitHub from 'next-auth/providers/github'
import Google from 'next-auth/providers/google'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { env } from '@/lib/config/env'

/** A provider's claims about a person (OpenID Connect Core §5.1). */
export type Claims = Profile & { readonly email_verified?: boolean | string }

/** A provider to sign in with. */
export type ProviderButton = { readonly id: string; readonly name: string }

const patienceMs = 10_000

const shared = {
  httpOptions: { timeout: patienceMs },
  profile: ({ sub = '', name, email }: Claims) => ({ id: sub, name, email }),
}

/** An entry of GitHub's `GET /user/emails`. */
type GitHubEmail = {
  readonly email: string
  readonly primary: boolean
  readonly verified: boolean
}

/**
 * The primary address of a GitHub user, if GitHub has verified it. The address of the public profile
 * is not used, because it need not be verified.
 */
export const gitHubEmail = (emails: readonly GitHubEmail[]): string | null =>
  emails.find(({ primary, verified }) => primary && verified)?.email ?? null

function gitHub(id: string, secret: string): OAuthConfig<Claims> {
  const { userinfo: _, profile: __, ...base } = GitHub({ clientId: id, clientSecret: secret })
  return {
    ...(base as unknown as OAuthConfig<Claims>),
    checks: ['pkce', 'state'],
    ...shared,
    userinfo: {
      url: 'https://api.github.com/user',
      request: async ({ client, tokens }) => {
        const token = tokens.access_token ?? ''
        const person = await client.userinfo<{ id: number; login: string }>(token)
        const response = await fetch('https://api.github.com/user/emails', {
          headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
          signal: AbortSignal.timeout(patienceMs),
        })
        const emails = response.ok ? ((await response.json()) as GitHubEmail[]) : []
        const email = gitHubEmail(emails) ?? undefined
        const name = person.name ?? person.login
        return { sub: String(person.id), name, email, email_verified: email !== undefined }
      },
    },
  }
}

function google(id: string, secret: string): OAuthConfig<Claims> {
  const base = Google({ clientId: id, clientSecret: secret }) as unknown as OAuthConfig<Claims>
  return {
    ...base,
    checks: ['pkce', 'state', 'nonce'],
    ...shared,
  }
}

type OpenIdSettings = NonNullable<ReturnType<typeof env>['signIn']['oidc']>

function openId({ issuer, id, secret, name }: OpenIdSettings): OAuthConfig<Claims> {
  return {
    id: 'oidc',
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: id,
    clientSecret: secret,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    ...shared,
    userinfo: {
      // many providers leave the address out of the ID token (OpenID Connect Core §5.4)
      request: async ({ client, tokens }) => {
        const claims = (tokens as { claims(): Claims }).claims()
        if (claims.email || !client.issuer.metadata.userinfo_endpoint) return claims
        return { ...(await client.userinfo(tokens.access_token ?? '')), ...claims }
      },
    },
  }
}

/** The configured providers, for next-auth. */
export function oauthProviders(): OAuthConfig<Claims>[] {
  const { github, google: googleClient, oidc } = env().signIn
  return [
    ...(github ? [gitHub(github.id, github.secret)] : []),
    ...(googleClient ? [google(googleClient.id, googleClient.secret)] : []),
    ...(oidc ? [openId(oidc)] : []),
  ]
}

/** The configured providers, for the sign-in page. */
export const providerButtons = (): ProviderButton[] =>
  oauthProviders().map(({ id, name }) => ({ id, name }))

/** The display name of a provider. */
export const providerName = (id: string): string =>
  providerButtons().find((button) => button.id === id)?.name ?? id
