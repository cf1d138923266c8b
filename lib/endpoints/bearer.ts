import 'server-only'
import { env } from '@/lib/config/env'
import { json, noStore } from '@/lib/http/responses'
import type { McpCaller } from '@/lib/mcp/caller'
import {
  type AccessTokenClaims,
  claimsOfRefused,
  isOwnToken,
  type TokenProblem,
} from '@/lib/oauth/access-token'
import { bearerChallenge } from '@/lib/oauth/challenge'
import { resourceMetadataUrl } from '@/lib/oauth/metadata'
import { resourceScopes, splitScope } from '@/lib/oauth/scope'
import { hashSecret } from '@/lib/oauth/secret'
import { heldScopes } from '@/lib/oauth/step-up'
import { type PlainReasonKind, reasonWords } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { tokenState } from '@/lib/store/tokens/state'
import { addressesFor, otherNameAsked } from './addresses'
import { verifiedClaims } from './signing-keys'

/** Claims of tokens whose signature was verified, by token hash; a signature does not change. */
const verified = new Map<string, AccessTokenClaims>()
const mostVerified = 10_000

async function claimsOf(token: string, now: Date): Promise<AccessTokenClaims | TokenProblem> {
  const hash = hashSecret(token)
  const known = verified.get(hash)
  if (known) {
    if (known.exp * 1000 > now.getTime()) return known
    verified.delete(hash)
    return 'token-expired'
  }
  const claims = await verifiedClaims(token, now)
  if (typeof claims === 'string') return claims
  // a Map keeps insertion order: the oldest is deleted first
  if (verified.size >= mostVerified) verified.delete(verified.keys().next().value ?? '')
  verified.set(hash, claims)
  return claims
}

/** The bearer token; the scheme in any case (OAuth 2.1 §5.1), never from the query (§5.2). */
export function bearerTokenOf(headers: Headers): string | null {
  return /^bearer +([^\s,]+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
}

/** Whether the scheme is not written as RFC 6750 §2.1 writes it. */
export const hasOddScheme = (headers: Headers): boolean =>
  !headers.get('authorization')?.startsWith('Bearer ')

/**
 * 401 without `error` when no credentials came, with it when they did (RFC 6750 §3.1).
 *
 * @param rejected whether credentials came and were not accepted
 * @param madeFor the resource that a token of ours was issued for, when it is no longer ours
 */
function challenge(
  request: Request,
  exchange: Exchange,
  reason: PlainReasonKind,
  rejected: boolean,
  madeFor?: string,
): Response {
  const problem = rejected
    ? {
        error: 'invalid_token' as const,
        description: `the access token was not accepted: ${reasonWords({ kind: reason })}`,
      }
    : undefined
  // a request without credentials is how clients find out where to get some (RFC 9728 §5): no failure
  const outcome = reason === 'no-credentials' ? 'ok' : 'refused'
  const detail = {
    error: problem?.error,
    reason: { kind: reason },
    scope: resourceScopes.join(' '),
    madeFor,
    askedAt: otherNameAsked(request) ?? undefined,
  }
  record(exchange, 'mcp.challenged', 401, detail, outcome)
  const header = bearerChallenge(
    resourceMetadataUrl(addressesFor(request)),
    resourceScopes,
    problem,
  )
  const body = {
    error: problem?.error ?? 'unauthorized',
    error_description: problem?.description ?? 'sign in first',
  }
  return json(body, 401, { ...noStore, 'WWW-Authenticate': header })
}

function noteCaller({ ids }: Exchange, claims: AccessTokenClaims): void {
  ids.clientId = claims.client_id
  ids.grantId = claims.grant_id
  // a client without a person is its own subject
  if (claims.sub !== claims.client_id) ids.userId = claims.sub
}

/**
 * Records the owner of a refused token that this server issued, so that the log shows an overdue
 * refresh and a changed address.
 */
function refuseToken(request: Request, exchange: Exchange, token: string, reason: TokenProblem) {
  const claims = isOwnToken(reason) ? claimsOfRefused(token) : null
  if (claims) noteCaller(exchange, claims)
  const madeFor = reason === 'token-expired' ? undefined : claims?.aud
  return challenge(request, exchange, reason, true, madeFor)
}

/** The caller, and whether this is the first use of the token. */
export type Authenticated = { readonly caller: McpCaller; readonly firstUse: boolean }

/**
 * Checks the bearer token of an MCP request before anything else is parsed. It does not query the
 * database while the state of the token is known.
 *
 * @returns the caller, or the challenge to answer with
 */
export async function authenticate(
  request: Request,
  exchange: Exchange,
): Promise<Authenticated | Response> {
  const token = bearerTokenOf(request.headers)
  const isOdd = env().refusedQuirks.has('bearer-case') && hasOddScheme(request.headers)
  if (token === null || isOdd) {
    const reason = request.headers.has('authorization') ? 'no-bearer-token' : 'no-credentials'
    return challenge(request, exchange, reason, false)
  }
  const claims = await claimsOf(token, exchange.startedAt)
  if (typeof claims === 'string') return refuseToken(request, exchange, token, claims)
  noteCaller(exchange, claims)
  const state = await tokenState(claims.jti, exchange.startedAt.getTime())
  if (!state?.live) return challenge(request, exchange, state?.reason ?? 'token-unknown', true)
  return {
    caller: {
      tokenId: claims.jti,
      grantId: claims.grant_id,
      clientId: claims.client_id,
      userId: claims.sub,
      scopes: heldScopes(splitScope(claims.scope), state.role),
      expiresAt: new Date(claims.exp * 1000),
      resourceMetadataUrl: resourceMetadataUrl(addressesFor(request)),
    },
    firstUse: state.firstUse,
  }
}
