import 'server-only'
import { isBodyProblem } from '@/lib/http/body'
import { type GrantType, isGrantType } from '@/lib/oauth/capabilities'
import { OAuthError, parameterMissing, unreadableForm } from '@/lib/oauth/errors'
import { type Parameters, readParameters, readResources } from '@/lib/oauth/parameters'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import type { Client } from '@/lib/store/clients/clients'
import { formOf } from './body'
import { authenticatedClient } from './client-authentication'
import { endpoint, type Handler } from './endpoint'
import { countFailure } from './throttles'
import { issueClientToken } from './token-client'
import { exchangeCode } from './token-code'
import { exchangeRefreshToken } from './token-refresh'

type GrantHandler = (
  client: Client,
  parameters: Parameters,
  resources: readonly string[],
  exchange: Exchange,
) => Promise<Response>

const grants = {
  authorization_code: exchangeCode,
  refresh_token: exchangeRefreshToken,
  client_credentials: issueClientToken,
} satisfies Record<GrantType, GrantHandler>

/** The requested grant type, for the record of a refusal. */
const asked = new WeakMap<Exchange, GrantType>()

/** A grant for an earlier address of this server is known: presenting it is no guess. */
const isGuess = (error: unknown): boolean =>
  error instanceof OAuthError && error.code === 'invalid_grant' && !error.addresses.madeFor

const issueTokens: Handler = async (request, exchange) => {
  const form = await formOf(request)
  if (isBodyProblem(form)) {
    throw unreadableForm(form)
  }
  const parameters = readParameters(form)
  const client = await authenticatedClient(request, parameters, exchange)
  const { grant_type: grantType } = parameters
  if (grantType === undefined) throw parameterMissing('grant_type')
  if (!isGrantType(grantType)) {
    throw new OAuthError('unsupported_grant_type', { kind: 'grant-type-unsupported' })
  }
  asked.set(exchange, grantType)
  if (!client.grantTypes.includes(grantType)) {
    throw new OAuthError('unauthorized_client', { kind: 'grant-type-not-registered' })
  }
  try {
    return await grants[grantType](client, parameters, readResources(form), exchange)
  } catch (error) {
    // guesses of codes and refresh tokens count against the sender's budget
    if (isGuess(error)) await countFailure(exchange)
    throw error
  }
}

/** The token endpoint (RFC 6749 §3.2). */
export const token = endpoint('token', {
  cors: true,
  methods: { POST: issueTokens },
  refused: (error, exchange) =>
    record(exchange, 'token.refused', error.status, {
      error: error.code,
      description: error.description,
      reason: error.reason,
      grantType: asked.get(exchange),
      ...error.addresses,
    }),
})
