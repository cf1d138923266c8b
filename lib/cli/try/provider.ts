import { randomBytes } from 'node:crypto'
import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
} from '@modelcontextprotocol/sdk/client/auth.js'
import type {
  OAuthClientInformationMixed,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js'

/** The SDK's type lacks the member of RFC 9207 §3. */
type Metadata = {
  readonly issuer: string
  readonly authorization_response_iss_parameter_supported?: unknown
}

const needed = <Value>(value: Value | undefined, name: string): Value => {
  if (value === undefined) throw new Error(`the flow did not come to the ${name}`)
  return value
}

/** An OAuth client for the SDK, with its state in memory. @param redirectUrl of the callback */
export function newProvider(redirectUrl: string) {
  const expectedState = randomBytes(16).toString('base64url')
  let client: OAuthClientInformationMixed | undefined
  let tokens: OAuthTokens | undefined
  let verifier: string | undefined
  let authorizationUrl: URL | undefined
  let discovered: OAuthDiscoveryState | undefined
  return {
    redirectUrl,
    clientMetadata: {
      client_name: 'Portico try',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    expectedState,
    state: () => expectedState,
    clientInformation: () => client,
    saveClientInformation: (saved) => {
      client = saved
    },
    tokens: () => tokens,
    saveTokens: (saved) => {
      tokens = saved
    },
    codeVerifier: () => needed(verifier, 'code verifier'),
    saveCodeVerifier: (saved) => {
      verifier = saved
    },
    redirectToAuthorization: (url) => {
      authorizationUrl = url
    },
    discoveryState: () => discovered,
    saveDiscoveryState: (saved) => {
      discovered = saved
    },
    /** the consent page, once the client knows it */
    authorizationUrl: () => needed(authorizationUrl, 'authorization URL'),
    /** the issuer in the metadata, and whether it promises to send `iss` (RFC 9207 §3) */
    issuer: () => {
      const metadata: Metadata | undefined = discovered?.authorizationServerMetadata
      const promised = metadata?.authorization_response_iss_parameter_supported
      return { expected: metadata?.issuer, isPromised: promised === true }
    },
  } satisfies OAuthClientProvider & Record<string, unknown>
}

export type TryProvider = ReturnType<typeof newProvider>
