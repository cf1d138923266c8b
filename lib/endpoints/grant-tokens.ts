import 'server-only'
import { json, noStore } from '@/lib/http/responses'
import { type AccessTokenClaims, signAccessToken } from '@/lib/oauth/access-token'
import { later, secondsOf } from '@/lib/oauth/lifetimes'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { currentSettings } from '@/lib/store/settings/current'
import type { NewAccessToken, NewRefreshToken } from '@/lib/store/tokens/tokens'
import { addresses } from './addresses'
import { signingKeys } from './signing-keys'

/** The grant, client and person that tokens are issued for. */
type TokenSubject = Omit<NewAccessToken, 'id' | 'issuedAt' | 'expiresAt'>

/** A signed access token and its row. */
export type MintedAccess = { readonly raw: string; readonly row: NewAccessToken }

/** The lifetime of an access token, in seconds. */
const accessLifetime = (): number => currentSettings().lifetimes.accessToken

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
  // the subject may have more members, which are not stored
  const { grantId, clientId, userId, scope, resource } = subject
  const claims: AccessTokenClaims = {
    iss: addresses().issuer,
    sub,
    aud: resource,
    client_id: clientId,
    scope,
    jti: id,
    iat: secondsOf(now),
    exp: secondsOf(expiresAt),
    grant_id: grantId,
  }
  const { signer } = await signingKeys()
  const raw = await signAccessToken(claims, signer)
  const row = { id, grantId, clientId, userId, scope, resource, issuedAt: now, expiresAt }
  return { raw, row }
}

/** A refresh token expires when unused, and at the latest at its grant's maximum age. */
function refreshExpiry(now: Date, grantedAt: Date): Date {
  const { refreshIdle, refreshMax } = currentSettings().lifetimes
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

/** What the log says of issued tokens. */
export const issuedDetail = ({ row }: MintedAccess, refreshTokenId?: string) => ({
  scope: row.scope,
  tokenId: row.id,
  refreshTokenId,
  expiresIn: accessLifetime(),
})

/** A successful answer of the token endpoint (RFC 6749 §5.1). `scope` is always present and clean. */
export const tokenResponse = (access: MintedAccess, refreshToken?: string): Response =>
  json(
    {
      access_token: access.raw,
      token_type: 'Bearer',
      expires_in: accessLifetime(),
      scope: access.row.scope,
      refresh_token: refreshToken,
    },
    200,
    noStore,
  )
