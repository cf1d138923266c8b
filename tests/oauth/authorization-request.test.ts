import { describe, expect, test } from 'vitest'
import { checkAuthorizationRequest, checkRedirectUri } from '@/lib/oauth/authorization-request'
import { readParameters } from '@/lib/oauth/parameters'
import { refusalOf } from '../support/oauth/refusal'
import { verifies } from '../support/sources/verifies'

const mcpUrl = 'https://portico.example.com/mcp'
const own = { mcpUrl, otherOrigins: [] }
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const usual = {
  response_type: 'code',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  scope: 'claudeai',
}

type Change = Readonly<Record<string, string | undefined>>

/** Checks the usual request, changed as a client would send it. */
function check(change: Change, resources: readonly string[] = []) {
  const sent = Object.entries({ ...usual, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const parameters = readParameters(new URLSearchParams(sent))
  return checkAuthorizationRequest(parameters, resources, own)
}

describe('checkRedirectUri', () => {
  const one = 'https://claude.ai/api/mcp/auth_callback'
  const two = 'http://localhost/callback'

  test.each<[string[], string | undefined, string]>([
    [[one], one, one],
    [[one], undefined, one],
    [[one, two], two, two],
    [[two], 'http://localhost:54545/callback', 'http://localhost:54545/callback'],
  ])(verifies(['A13'], 'of %j, %j leads to %s'), (registered, requested, used) => {
    expect(checkRedirectUri(registered, requested, 'exact')).toBe(used)
  })

  test.each<[string[], string | undefined, string]>([
    [[one, two], undefined, "missing required 'redirect_uri'"],
    [[], undefined, "missing required 'redirect_uri'"],
    [[one], 'https://evil.example/', "'redirect_uri' is not registered for this client"],
    [[one], `${one}/`, "'redirect_uri' is not registered for this client"],
    [[one], '', "'redirect_uri' is not registered for this client"],
    [[], one, "'redirect_uri' is not registered for this client"],
  ])(verifies(['A13'], 'of %j, %j is refused'), (registered, requested, description) => {
    expect(refusalOf(() => checkRedirectUri(registered, requested, 'exact'))).toMatchObject({
      code: 'invalid_request',
      description,
    })
  })
})

describe('checkAuthorizationRequest', () => {
  test(verifies(['A15', 'A24'], 'what it needs is all that a client has to send'), () => {
    expect(check({ scope: undefined })).toEqual({
      codeChallenge: challenge,
      resource: mcpUrl,
      scope: 'claudeai',
    })
  })

  test.each<[Change]>([
    [{ prompt: 'consent' }],
    [{ nonce: 'n' }],
    [{ login_hint: 'person@example.com' }],
    [{ response_mode: 'query' }],
    [{ audience: mcpUrl, display: 'page', foo: 'bar' }],
  ])(verifies(['A26', 'A11'], '%j changes nothing'), (change) => {
    expect(check(change)).toEqual(check({}))
  })

  test.each<[string | undefined, string]>([
    [undefined, 'claudeai'],
    ['', 'claudeai'],
    ['openid profile', 'claudeai'],
    ['offline_access claudeai ', 'claudeai offline_access'],
  ])(verifies(['A23'], 'a scope of %j becomes %j'), (scope, granted) => {
    expect(check({ scope }).scope).toBe(granted)
  })

  test.each<[Change, string, string]>([
    [{ response_type: undefined }, 'invalid_request', "missing required 'response_type'"],
    [{ response_type: 'token' }, 'unsupported_response_type', "'response_type' must be 'code'"],
    [{ response_type: 'id_token' }, 'unsupported_response_type', "'response_type' must be 'code'"],
    [
      { response_type: 'code token' },
      'unsupported_response_type',
      "'response_type' must be 'code'",
    ],
    [{ response_type: 'CODE' }, 'unsupported_response_type', "'response_type' must be 'code'"],
  ])(verifies(['A16', 'A44'], '%j is %s'), (change, code, description) => {
    expect(refusalOf(() => check(change))).toMatchObject({ code, description })
  })

  test.each<[Change]>([[{ response_mode: 'fragment' }], [{ response_mode: 'form_post' }]])(
    '%j is invalid_request',
    (change) => {
      expect(refusalOf(() => check(change))).toMatchObject({
        code: 'invalid_request',
        description: "'response_mode' must be 'query'",
      })
    },
  )

  test.each<[Change, string]>([
    [{ code_challenge: undefined }, "missing required 'code_challenge'"],
    [
      { code_challenge: undefined, code_challenge_method: undefined },
      "missing required 'code_challenge'",
    ],
    [{ code_challenge: '' }, "missing required 'code_challenge'"],
    [{ code_challenge_method: undefined }, "'code_challenge_method' must be 'S256'"],
    [{ code_challenge_method: 'plain' }, "'code_challenge_method' must be 'S256'"],
    [{ code_challenge_method: 's256' }, "'code_challenge_method' must be 'S256'"],
    [{ code_challenge: 'short' }, "'code_challenge' is not an S256 challenge"],
    [{ code_challenge: `${challenge}=` }, "'code_challenge' is not an S256 challenge"],
  ])(verifies(['A15'], '%j is invalid_request: %s'), (change, description) => {
    expect(refusalOf(() => check(change))).toMatchObject({ code: 'invalid_request', description })
  })

  test(verifies(['A24'], 'another resource is invalid_target'), () => {
    expect(check({}, [mcpUrl]).resource).toBe(mcpUrl)
    expect(refusalOf(() => check({}, ['https://other.example/mcp']))?.code).toBe('invalid_target')
  })

  test(verifies(['A16'], 'the response type is looked at first'), () => {
    const change = { response_type: 'token', code_challenge: undefined }
    expect(refusalOf(() => check(change, ['x']))?.code).toBe('unsupported_response_type')
  })
})
