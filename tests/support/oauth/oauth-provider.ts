import type { OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js'
import type {
  OAuthClientInformationMixed,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js'
import { newState } from './oauth'

/** An OAuth client for the official SDKs, 1.x and 2.x; keeps everything in memory. */
export class MemoryProvider {
  readonly redirectUrl = 'http://127.0.0.1:8976/callback'
  readonly clientMetadata
  readonly expectedState = newState()
  authorizationUrl: URL | undefined
  client: OAuthClientInformationMixed | undefined
  saved: OAuthTokens | undefined
  discovered: OAuthDiscoveryState | undefined
  #verifier = ''

  constructor(clientName: string) {
    this.clientMetadata = {
      client_name: clientName,
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    }
  }

  state = () => this.expectedState
  clientInformation = () => this.client
  saveClientInformation = (client: OAuthClientInformationMixed) => {
    this.client = client
  }
  tokens = () => this.saved
  saveTokens = (tokens: OAuthTokens) => {
    this.saved = tokens
  }
  codeVerifier = () => this.#verifier
  saveCodeVerifier = (verifier: string) => {
    this.#verifier = verifier
  }
  redirectToAuthorization = (url: URL) => {
    this.authorizationUrl = url
  }
  discoveryState = () => this.discovered
  saveDiscoveryState = (discovered: OAuthDiscoveryState) => {
    this.discovered = discovered
  }
  invalidateCredentials = (which: string) => {
    if (which === 'all' || which === 'tokens') this.saved = undefined
  }
}
