import 'server-only'
import { type AccessTokenClaims, signAccessToken } from '@/lib/oauth/access-token'
import { later } from '@/lib/oauth/lifetimes'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { settings } from '@/lib/store/settings/current'
import type { NewAccessToken, NewRefreshToken } from '@/lib/store/tokens/tokens'
import { addresses } from './addresses'
import { signingKeys } from './signing-keys'

/** The grant, client and person that tokens are issued for. */
export type TokenSubject = {
  readonly grantId: string
  readonly clientId: string
  readonly userId: string
  readonly scope: string
  readonly resource: string
}

/** A signed access token and its row. */
export type MintedAccess = { readonly raw: string; readonly row: NewAccessToken }

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** The lifetime of an access token, in seconds. */
export const accessLifetime = (): number => settings().lifetimes.accessToken

/**
 * Signs an access token (RFC 9068 §2). The raw value is stored nowhere.
 *
 * @param sub the person, or the client itself where no person is involved (RFC 9068 §2.2)
 */
export async function mintAccessToken(
  subject: TokenSubject,
  now: Date,
  sub = subject.userId,
): Promise<MintedAccess> {
  const id = newId('at_')
  const expiresAt = later(now, accessLifetime())
  const claims: AccessTokenClaims = {
    iss: addresses().issuer,
    sub,
    aud: subject.resource,
    client_id: subject.clientId,
    scope: subject.scope,
    jti: id,
    iat: seconds(now),
    exp: seconds(expiresAt),
    grant_id: subject.grantId,
  }
  const { signer } = await signingKeys()
  const raw = await signAccessToken(claims, signer)
  return { raw, row: { id, ...pick(subject), issuedAt: now, expiresAt } }
}

const pick = ({ grantId, clientId, userId, scope, resource }: TokenSubject) => ({
  grantId,
  clientId,
  userId,
  scope,
  resource,
})

/** A refresh token expires when unused, and at the latest at its grant's maximum age. */
function refreshExpiry(now: Date, grantedAt: Date): Date {
  const { refreshIdle, refreshMax } = settings().lifetimes
  return new Date(
    Math.min(later(now, refreshIdle).getTime(), later(grantedAt, refreshMax).getTime()),
  )
}

/** Builds the row of a refresh token. @param previousId the token it replaces */
export const refreshTokenRow = (
  raw: string,
  subject: Pick<TokenSubject, 'grantId' | 'clientId' | 'scope'> & { readonly grantedAt: Date },
  now: Date,
  previousId: string | null,
): NewRefreshToken => ({
  id: newId('rt_'),
  tokenHash: hashSecret(raw),
  grantId: subject.grantId,
  clientId: subject.clientId,
  scope: subject.scope,
  issuedAt: now,
  expiresAt: refreshExpiry(now, subject.grantedAt),
  previousId,
})

/** A successful answer of the token endpoint (RFC 6749 §5.1). `scope` is always present and clean. */
export const tokenResponse = (access: MintedAccess, refreshToken: string) => ({
  access_token: access.raw,
  token_type: 'Bearer',
  expires_in: accessLifetime(),
  scope: access.row.scope,
  refresh_token: refreshToken,
})
