import { expect, test } from 'vitest'
import { capabilities, isAuthMethod, isGrantType } from '@/lib/oauth/capabilities'
import { verifies } from '../support/sources/verifies'

test.each([
  ['authorization_code', true],
  ['refresh_token', true],
  ['implicit', false],
  ['password', false],
  ['client_credentials', true],
  ['urn:ietf:params:oauth:grant-type:device_code', false],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', false],
  ['Authorization_Code', false],
  ['toString', false],
  ['', false],
])(verifies(['A4', 'A44'], 'the grant type %j: %s'), (type, isServed) => {
  expect(isGrantType(type)).toBe(isServed)
})

test.each([
  ['none', true],
  ['client_secret_post', true],
  ['client_secret_basic', true],
  ['private_key_jwt', true],
  ['client_secret_jwt', false],
  ['tls_client_auth', false],
  ['NONE', false],
  ['', false],
])(verifies(['A5'], 'the client authentication method %j: %s'), (method, isServed) => {
  expect(isAuthMethod(method)).toBe(isServed)
})

test(verifies(['A44', 'A3'], 'there is one response type and one challenge method'), () => {
  expect(capabilities.responseTypes).toEqual(['code'])
  expect(capabilities.responseModes).toEqual(['query'])
  expect(capabilities.codeChallengeMethods).toEqual(['S256'])
})
