import { describe, expect, test } from 'vitest'
import {
  authorizationServerMetadata,
  protectedResourceMetadata,
  resourceMetadataUrl,
} from '@/lib/oauth/metadata'
import { verifies } from '../support/sources/verifies'

const deployments = [
  'https://portico.example.com',
  'https://portico.example.com:8443',
  'http://localhost:3000',
].map((issuer) => ({ issuer, mcpUrl: `${issuer}/mcp`, otherOrigins: [], serverName: 'Portico' }))

/** Every value in a document, at any depth. */
const valuesIn = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [value]

describe.each(deployments)('at $issuer', (addresses) => {
  const { issuer, mcpUrl } = addresses
  const server = authorizationServerMetadata(addresses)
  const resource = protectedResourceMetadata(addresses)

  test(verifies(['A1', 'F4'], 'the server metadata has what every client looks for'), () => {
    expect(server).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      registration_endpoint: `${issuer}/register`,
      revocation_endpoint: `${issuer}/revoke`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['code'],
      protected_resources: [mcpUrl],
    })
    expect(server.grant_types_supported).toContain('authorization_code')
    expect(server.code_challenge_methods_supported).toContain('S256')
    expect(server.token_endpoint_auth_methods_supported).toContain('none')
    expect(server.scopes_supported).toContain('claudeai')
  })

  test(verifies(['A1', 'F1'], 'no document has an empty list, an empty text or a null'), () => {
    for (const document of [server, resource]) {
      expect(JSON.parse(JSON.stringify(document))).toEqual(document)
      for (const value of valuesIn(document)) expect(['', null, undefined]).not.toContain(value)
      for (const member of Object.values(document)) {
        if (Array.isArray(member)) expect(member.length).toBeGreaterThan(0)
      }
    }
  })

  test(verifies(['F1'], 'every scope that is listed is one scope-token'), () => {
    for (const scope of [...server.scopes_supported, ...resource.scopes_supported]) {
      expect(scope).toMatch(/^[!#-[\]-~]+$/)
    }
  })

  test(verifies(['A2'], 'both documents name the issuer in the same bytes'), () => {
    expect(resource.authorization_servers).toEqual([server.issuer])
    expect(server.issuer).toBe(new URL(server.issuer).origin)
  })

  test(verifies(['A3'], 'S256 is the only challenge method'), () => {
    expect(server.code_challenge_methods_supported).toEqual(['S256'])
  })

  test(verifies(['A4', 'A5', 'A44'], 'grant types and client authentication are listed'), () => {
    const secret = ['client_secret_post', 'client_secret_basic', 'private_key_jwt']
    const methods = ['none', ...secret]
    expect(server.grant_types_supported).toEqual([
      'authorization_code',
      'refresh_token',
      'client_credentials',
    ])
    expect(server.response_modes_supported).toEqual(['query'])
    expect(server.token_endpoint_auth_methods_supported).toEqual(methods)
    expect(server.revocation_endpoint_auth_methods_supported).toEqual(methods)
    expect(server.introspection_endpoint_auth_methods_supported).toEqual(secret)
  })

  test(verifies(['A5'], 'with private_key_jwt, algorithms are listed and none is not'), () => {
    for (const endpoint of ['token', 'revocation', 'introspection'] as const) {
      const algorithms = server[`${endpoint}_endpoint_auth_signing_alg_values_supported`]
      expect(algorithms).toContain('ES256')
      expect(algorithms).toContain('RS256')
      expect(algorithms.filter((name) => /none|^HS/i.test(name))).toEqual([])
    }
  })

  test(verifies(['A6'], 'client id metadata documents are announced'), () => {
    expect(server.client_id_metadata_document_supported).toBe(true)
  })

  test(verifies(['A7'], 'iss is announced'), () => {
    expect(server.authorization_response_iss_parameter_supported).toBe(true)
  })

  test(verifies(['A41'], 'offline_access stands in the server metadata only'), () => {
    expect(server.scopes_supported).toEqual(['claudeai', 'offline_access'])
    expect(resource.scopes_supported).toEqual(['claudeai'])
  })

  test(verifies(['F3'], 'the resource is the MCP URL and its metadata at its path'), () => {
    expect(resource).toEqual({
      resource: mcpUrl,
      authorization_servers: [issuer],
      scopes_supported: ['claudeai'],
      bearer_methods_supported: ['header'],
      resource_name: 'Portico',
    })
    expect(resourceMetadataUrl(addresses)).toBe(
      `${issuer}/.well-known/oauth-protected-resource/mcp`,
    )
  })
})
