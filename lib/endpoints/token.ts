import 'server-only'
import { type GrantType, isGrantType } from '@/lib/oauth/capabilities'
import { OAuthError, parameterMissing, refusalDetail } from '@/lib/oauth/errors'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { type ClientRequest, clientEndpoint } from './client-authentication'
import { countFailure } from './throttles'
import { issueClientToken } from './token-client'
import { exchangeCode } from './token-code'
import { exchangeRefreshToken } from './token-refresh'

const grants: Record<GrantType, (request: ClientRequest) => Promise<Response>> = {
  authorization_code: exchangeCode,
  refresh_token: exchangeRefreshToken,
  client_credentials: issueClientToken,
}

/** The requested grant type, for the record of a refusal. */
const asked = new WeakMap<Exchange, GrantType>()

/** A grant for an earlier address of this server is known: presenting it is no guess. */
const isGuess = (error: unknown): boolean =>
  error instanceof OAuthError && error.code === 'invalid_grant' && !error.addresses.madeFor

async function issueTokens(request: ClientRequest): Promise<Response> {
  const { client, exchange } = request
  const { grant_type: grantType } = request.parameters
  if (grantType === undefined) throw parameterMissing('grant_type')
  if (!isGrantType(grantType)) {
    throw new OAuthError('unsupported_grant_type', { kind: 'grant-type-unsupported' })
  }
  asked.set(exchange, grantType)
  if (!client.grantTypes.includes(grantType)) {
    throw new OAuthError('unauthorized_client', { kind: 'grant-type-not-registered' })
  }
  try {
    return await grants[grantType](request)
  } catch (error) {
    // guesses of codes and refresh tokens count against the sender's budget
    if (isGuess(error)) await countFailure(exchange)
    throw error
  }
}

/** The token endpoint (RFC 6749 §3.2). */
export const token = clientEndpoint('token', issueTokens, (error, exchange) =>
  record(exchange, 'token.refused', error.status, {
    ...refusalDetail(error),
    grantType: asked.get(exchange),
    ...error.addresses,
  }),
)
