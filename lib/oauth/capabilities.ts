import { resourceScopes, serverScopes } from './scope'

/**
 * What this server supports. Metadata, registration and the token endpoint all read this object, so
 * that discovery cannot promise what an endpoint does not support.
 */
export const capabilities = {
  responseTypes: ['code'],
  responseModes: ['query'],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  authMethods: ['none', 'client_secret_post', 'client_secret_basic', 'private_key_jwt'],
  assertionAlgorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
  clientIdMetadataDocument: true,
  codeChallengeMethods: ['S256'],
  serverScopes,
  resourceScopes,
  issInAuthorizationResponse: true,
} as const

/** Ways a client can authenticate at the token endpoint (RFC 7591 §2). */
export type AuthMethod = (typeof capabilities.authMethods)[number]

/** Grant types of the token endpoint (RFC 6749 §1.3). */
export type GrantType = (typeof capabilities.grantTypes)[number]

/** Whether this server supports a client authentication method. */
export const isAuthMethod = (method: string): method is AuthMethod =>
  (capabilities.authMethods as readonly string[]).includes(method)

/** Whether this server supports a grant type. */
export const isGrantType = (type: string): type is GrantType =>
  (capabilities.grantTypes as readonly string[]).includes(type)
