import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  invalidRequest,
  OAuthError,
  type OAuthErrorCode,
  parameterMissing,
} from '@/lib/oauth/errors'
import { anyText } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const statuses: Record<OAuthErrorCode, 400 | 401> = {
  invalid_request: 400,
  unauthorized_client: 400,
  unsupported_response_type: 400,
  invalid_scope: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unsupported_grant_type: 400,
  invalid_redirect_uri: 400,
  invalid_client_metadata: 400,
  invalid_target: 400,
}

test.each(Object.entries(statuses))(verifies(['A30'], '%s is answered with %i'), (code, status) => {
  expect(new OAuthError(code as OAuthErrorCode, { kind: 'client-unknown' }).status).toBe(status)
})

test('the reason is for the log where the wire is told less', () => {
  const error = new OAuthError(
    'invalid_client',
    { kind: 'client-secret-wrong' },
    { wire: 'client' },
  )
  expect(error).toMatchObject({
    name: 'OAuthError',
    code: 'invalid_client',
    description: 'client authentication failed',
    reason: { kind: 'client-secret-wrong' },
    message: 'invalid_client: wrong client secret',
  })
})

test('else the description is the words of the reason', () => {
  expect(parameterMissing('code')).toMatchObject({
    code: 'invalid_request',
    description: "missing required 'code'",
    reason: { kind: 'parameter-missing', parameter: 'code' },
  })
})

test.each([
  ['a "b" c', "a 'b' c"],
  ['a\\b', 'a?b'],
  ['é\n\u007f', '???'],
  ["~!#[]'", "~!#[]'"],
])(verifies(['A22'], 'the description %j goes out as %j'), (text, description) => {
  expect(invalidRequest({ kind: 'other', text }).description).toBe(description)
})

test(verifies(['A22'], 'a description has only the characters of error_description'), () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(invalidRequest({ kind: 'other', text }).description).toMatch(
        /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/,
      )
    }),
  )
})
