import { expect, test } from 'vitest'
import { bearerTokenOf } from '@/lib/endpoints/bearer'
import { verifies } from '../support/sources/verifies'

test.each([
  ['Bearer abc.def-_~+/=', 'abc.def-_~+/='],
  ['bearer abc', 'abc'],
  ['BEARER abc', 'abc'],
  ['bEaReR   abc', 'abc'],
])(verifies(['R3'], '%j carries %j'), (authorization, token) => {
  expect(bearerTokenOf(new Headers({ authorization }))).toBe(token)
})

test.each([
  '',
  'Bearer',
  'Bearer ',
  'abc',
  'Basic abc',
  'Bearerabc',
  'XBearer abc',
  'Bearer abc def',
  'Bearer abc, Bearer def',
  'Bearer abc,Basic',
])(verifies(['R3'], '%j carries none'), (authorization) => {
  expect(bearerTokenOf(new Headers({ authorization }))).toBeNull()
})

test(verifies(['R3', 'A44'], 'a token in a query is not looked for'), () => {
  const request = new Request('https://portico.example.com/mcp?access_token=abc')
  expect(bearerTokenOf(request.headers)).toBeNull()
})
