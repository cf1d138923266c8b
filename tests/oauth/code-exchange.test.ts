import { describe, expect, test } from 'vitest'
import { checkAuthorizationRequest } from '@/lib/oauth/authorization-request'
import {
  checkCodeExchange,
  codeGrantEnded,
  codeWasUsed,
  type KnownCode,
} from '@/lib/oauth/code-exchange'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import type { Parameters } from '@/lib/oauth/parameters'
import type { Reason } from '@/lib/reasons'
import { refusalOf } from '../support/oauth/refusal'
import { verifies } from '../support/sources/verifies'

const now = new Date('2026-10-01T12:00:00Z')
const mcpUrl = 'https://portico.example.com/mcp'
const own = { mcpUrl, otherOrigins: ['https://former.example'] }
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const wrongVerifier = `${verifier.slice(0, -1)}A`

const code: KnownCode = {
  ...checkAuthorizationRequest(
    {
      response_type: 'code',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    },
    [],
    own,
  ),
  clientId: 'client_A',
  redirectUri: 'https://claude.ai/api/mcp/auth_callback',
  expiresAt: later(now, lifetimes.authorizationCode),
  consumedAt: null,
  grantStatus: 'active',
  userDisabled: false,
}

type Attempt = {
  readonly code?: Partial<KnownCode> | null
  readonly clientId?: string
  readonly parameters?: Parameters
  readonly resources?: readonly string[]
}

function check({ code: change, clientId = 'client_A', parameters, resources = [] }: Attempt) {
  const known = change === null ? null : { ...code, ...change }
  const sent = { code_verifier: verifier, ...parameters }
  return checkCodeExchange(known, clientId, sent, resources, own, now)
}

describe('checkCodeExchange', () => {
  test.each<[string, Attempt]>([
    ['without redirect_uri', {}],
    ['with the same redirect_uri', { parameters: { redirect_uri: code.redirectUri } }],
    ['with its resource', { resources: [mcpUrl] }],
    ['with a spelling of its resource', { resources: [`${mcpUrl}/`] }],
    ['in its last millisecond', { code: { expiresAt: new Date(now.getTime() + 1) } }],
  ])(verifies(['A33', 'A38'], 'a code is exchanged %s'), (_, attempt) => {
    expect(check(attempt)).toMatchObject({ clientId: 'client_A' })
  })

  test.each<[string, Attempt, string]>([
    ['unknown', { code: null }, 'code-unknown'],
    ['of another client', { clientId: 'client_B' }, 'code-of-another-client'],
    ['expired', { code: { expiresAt: now } }, 'code-expired'],
    ['of a disabled user', { code: { userDisabled: true } }, 'user-disabled'],
  ])(verifies(['A31', 'A25'], 'a code that is %s is invalid_grant'), (_, attempt, kind) => {
    expect(refusalOf(() => check(attempt))).toMatchObject({
      code: 'invalid_grant',
      reason: { kind },
    })
  })

  test.each([
    'https://claude.ai/api/mcp/auth_callback/',
    'https://claude.com/api/mcp/auth_callback',
    'HTTPS://claude.ai/api/mcp/auth_callback',
  ])(verifies(['A33'], 'a redirect_uri of %s is invalid_grant'), (redirectUri) => {
    expect(refusalOf(() => check({ parameters: { redirect_uri: redirectUri } }))).toMatchObject({
      code: 'invalid_grant',
      reason: { kind: 'code-redirect-uri' },
    })
  })

  test(verifies(['A33', 'A13'], 'not even the port of a loopback redirect_uri may differ'), () => {
    const attempt = {
      code: { redirectUri: 'http://localhost:54545/callback' },
      parameters: { redirect_uri: 'http://localhost:61234/callback' },
    }
    expect(refusalOf(() => check(attempt))?.code).toBe('invalid_grant')
  })

  test.each<[string | undefined, string, Reason]>([
    [undefined, 'invalid_request', { kind: 'parameter-missing', parameter: 'code_verifier' }],
    [wrongVerifier, 'invalid_grant', { kind: 'verifier-mismatch' }],
    [code.codeChallenge, 'invalid_grant', { kind: 'verifier-mismatch' }],
    ['short', 'invalid_grant', { kind: 'verifier-mismatch' }],
    [`${verifier}${'a'.repeat(100)}`, 'invalid_grant', { kind: 'verifier-mismatch' }],
  ])(verifies(['A32'], 'a verifier of %j is %s'), (sent, error, reason) => {
    const attempt = { parameters: { code_verifier: sent } }
    expect(refusalOf(() => check(attempt))).toMatchObject({ code: error, reason })
  })

  test(verifies(['A32'], 'a verifier of the wrong shape is refused though it hashes right'), () => {
    const attempt = {
      code: { codeChallenge: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' },
      parameters: { code_verifier: '' },
    }
    expect(refusalOf(() => check(attempt))?.code).toBe('invalid_grant')
  })

  test(verifies(['A38'], 'another resource is invalid_target'), () => {
    expect(refusalOf(() => check({ resources: ['https://other.example/mcp'] }))?.code).toBe(
      'invalid_target',
    )
  })

  test.each<[string, Partial<KnownCode>]>([
    ['in time', { consumedAt: now }],
    ['long after', { consumedAt: now, expiresAt: new Date(0) }],
  ])(verifies(['A34'], 'a replay %s passes with the right verifier only'), (_, change) => {
    expect(check({ code: change })).toMatchObject({ consumedAt: now })
    const replay = { code: change, parameters: { code_verifier: wrongVerifier } }
    expect(refusalOf(() => check(replay))?.reason).toEqual({
      kind: 'verifier-mismatch',
    })
    expect(refusalOf(() => check({ code: change, clientId: 'client_B' }))?.code).toBe(
      'invalid_grant',
    )
  })

  test(verifies(['A31'], 'every invalid_grant reads the same to a client'), () => {
    const refusals = [
      codeWasUsed(),
      codeGrantEnded(),
      refusalOf(() => check({ code: null })),
      refusalOf(() => check({ clientId: 'client_B' })),
      refusalOf(() => check({ code: { expiresAt: now } })),
      refusalOf(() => check({ code: { userDisabled: true } })),
      refusalOf(() => check({ parameters: { code_verifier: wrongVerifier } })),
      refusalOf(() => check({ parameters: { redirect_uri: 'https://x.example/' } })),
    ]
    expect(new Set(refusals.map((refusal) => `${refusal?.code} ${refusal?.description}`))).toEqual(
      new Set(['invalid_grant the authorization code is invalid, expired or was used']),
    )
    expect(new Set(refusals.map((refusal) => refusal?.reason.kind)).size).toBe(refusals.length)
  })
})
