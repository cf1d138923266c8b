import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readParameters, readResources } from '@/lib/oauth/parameters'
import { refusalOf } from '../support/oauth/refusal'
import { anyText, textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const read = (query: string) => readParameters(new URLSearchParams(query))

describe('readParameters', () => {
  test.each<[string, Record<string, string>]>([
    ['', {}],
    ['scope=claudeai&state=a%20b', { scope: 'claudeai', state: 'a b' }],
    ['scope=claudeai+', { scope: 'claudeai ' }],
    ['scope=&state', {}],
    ['prompt=consent&nonce=n&login_hint=a', { prompt: 'consent', nonce: 'n', login_hint: 'a' }],
    ['resource=a&resource=b', { resource: 'a' }],
    ['resource=&resource=b', {}],
    ['__proto__=a&constructor=b', { ['__proto__']: 'a', constructor: 'b' }],
  ])(verifies(['A11', 'A26'], '%j is %j'), (query, expected) => {
    expect(Object.entries(read(query))).toEqual(Object.entries(expected))
  })

  test('no name is inherited', () => {
    expect(read('').constructor).toBeUndefined()
    expect(Object.getPrototypeOf(read(''))).toBeNull()
  })

  test.each([
    ['scope=a&scope=a', "'scope' must not be repeated"],
    ['code=a&state=b&code=', "'code' must not be repeated"],
    ['client_id=a&client_id=b', "'client_id' must not be repeated"],
    ['x%3Cy%3E=a&x%3Cy%3E=b', 'a parameter must not be repeated'],
    [`${'a'.repeat(41)}=1&${'a'.repeat(41)}=2`, 'a parameter must not be repeated'],
    [`state=${'a'.repeat(4097)}`, 'a parameter is too long'],
    ['client_id=a%00', 'a parameter contains a NUL character'],
  ])(verifies(['A11'], '%j is refused: %s'), (query, description) => {
    expect(refusalOf(() => read(query))).toMatchObject({ code: 'invalid_request', description })
  })

  test('the longest value is read', () => {
    expect(read(`state=${'a'.repeat(4096)}`).state).toHaveLength(4096)
  })

  test(verifies(['A11'], 'any query is read or refused as invalid_request'), () => {
    const query = fc.oneof(anyText, textOf('scope', 'resource', 'state', '=', '&', '%00', '+', '%'))
    fc.assert(
      fc.property(query, (text) => {
        const source = new URLSearchParams(text)
        const names = [...source.keys()]
        const repeated = names.some((name, at) => name !== 'resource' && names.indexOf(name) !== at)
        const refusal = refusalOf(() => {
          for (const [name, value] of Object.entries(readParameters(source))) {
            expect(value).toBe(source.get(name))
            expect(value).not.toBe('')
            expect(value).not.toContain('\u0000')
          }
          expect(repeated).toBe(false)
        })
        if (refusal) expect(refusal.code).toBe('invalid_request')
      }),
    )
  })
})

test.each([
  ['', []],
  ['resource=', []],
  ['resource=a&resource=&resource=b', ['a', 'b']],
  ['resource=a&resource=a', ['a', 'a']],
])(verifies(['A24'], 'the resources of %j are %j'), (query, resources) => {
  expect(readResources(new URLSearchParams(query))).toEqual(resources)
})
