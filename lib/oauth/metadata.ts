import { capabilities } from './capabilities'
import type { OwnResource } from './resource'

/** This server's addresses; `issuer` is a bare origin without trailing slash. */
export type Addresses = OwnResource & {
  readonly issuer: string
  readonly serverName: string
}

/** The URL in a challenge: RFC 9728 §3.1, with the path of the resource inserted. */
export function resourceMetadataUrl({ mcpUrl }: Pick<Addresses, 'mcpUrl'>): string {
  const { origin, pathname } = new URL(mcpUrl)
  return `${origin}/.well-known/oauth-protected-resource${pathname}`
}

/** Protected resource metadata (RFC 9728 §2). */
export const protectedResourceMetadata = ({
  issuer,
  mcpUrl,
  serverName,
}: Omit<Addresses, 'otherOrigins'>) => ({
  resource: mcpUrl,
  authorization_servers: [issuer],
  scopes_supported: [...capabilities.resourceScopes],
  bearer_methods_supported: ['header'],
  resource_name: serverName,
})

/** Authorization server metadata (RFC 8414 §2, RFC 9207 §3, RFC 9728 §4). */
export const authorizationServerMetadata = ({ issuer, mcpUrl }: Addresses) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  revocation_endpoint: `${issuer}/revoke`,
  introspection_endpoint: `${issuer}/introspect`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: [...capabilities.responseTypes],
  response_modes_supported: [...capabilities.responseModes],
  grant_types_supported: [...capabilities.grantTypes],
  code_challenge_methods_supported: [...capabilities.codeChallengeMethods],
  token_endpoint_auth_methods_supported: [...capabilities.authMethods],
  token_endpoint_auth_signing_alg_values_supported: [...capabilities.assertionAlgorithms],
  revocation_endpoint_auth_methods_supported: [...capabilities.authMethods],
  revocation_endpoint_auth_signing_alg_values_supported: [...capabilities.assertionAlgorithms],
  // RFC 7662 §2.1: the caller must authenticate, which a public client cannot
  introspection_endpoint_auth_methods_supported: capabilities.authMethods.filter(
    (method) => method !== 'none',
  ),
  introspection_endpoint_auth_signing_alg_values_supported: [...capabilities.assertionAlgorithms],
  scopes_supported: [...capabilities.serverScopes],
  authorization_response_iss_parameter_supported: capabilities.issInAuthorizationResponse,
  client_id_metadata_document_supported: capabilities.clientIdMetadataDocument,
  protected_resources: [mcpUrl],
})
