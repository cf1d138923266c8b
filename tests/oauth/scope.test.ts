import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readParameters } from '@/lib/oauth/parameters'
import {
  describeScope,
  grantableScope,
  joinScope,
  narrowScope,
  resourceScopes,
  scopes,
  serverScopes,
  splitScope,
} from '@/lib/oauth/scope'
import { textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

/** One or more scope-tokens, single spaces between (RFC 6749 §3.3). */
const wireForm = /^[!#-[\]-~]+( [!#-[\]-~]+)*$/

const names = scopes.map(({ name }) => name)

const scopeText = textOf(
  'claudeai',
  'offline_access',
  'portico:observe',
  'openid',
  ' ',
  '+',
  '\t',
  ',',
)

describe('grantableScope', () => {
  test.each<[string | null | undefined, string]>([
    [undefined, 'claudeai'],
    [null, 'claudeai'],
    ['', 'claudeai'],
    [' ', 'claudeai'],
    ['+', 'claudeai'],
    ['openid', 'claudeai'],
    ['mcp:tools profile', 'claudeai'],
    ['claudeai', 'claudeai'],
    ['claudeai claudeai', 'claudeai'],
    ['claudeai openid', 'claudeai'],
    ['CLAUDEAI', 'claudeai'],
    ['offline_access', 'claudeai offline_access'],
    ['claudeai offline_access', 'claudeai offline_access'],
    ['offline_access claudeai', 'claudeai offline_access'],
    ['offline_access+claudeai+', 'claudeai offline_access'],
    ['claudeai,offline_access', 'claudeai'],
    ['portico:observe', 'claudeai portico:observe'],
    ['portico:observe+claudeai', 'claudeai portico:observe'],
    ['portico', 'claudeai'],
  ])(verifies(['A23'], '%j leads to %j'), (requested, granted) => {
    expect(joinScope(grantableScope(requested))).toBe(granted)
  })

  test.each([
    'scope=claudeai+',
    'scope=claudeai%20',
    'scope=claudeai%2B',
    'scope=%20claudeai',
    'scope=claudeai%0A',
    'scope=claudeai%C2%A0',
    'scope=claudeai%2520',
    'scope=',
    'scope',
    '',
  ])(verifies(['F2', 'A23'], 'a query of "%s" is granted a clean claudeai'), (query) => {
    const { scope } = readParameters(new URLSearchParams(query))
    expect(joinScope(grantableScope(scope))).toBe('claudeai')
  })

  test(
    verifies(['A23', 'F2'], 'whatever is asked for, the grant is clean and has claudeai'),
    () => {
      fc.assert(
        fc.property(scopeText, (requested) => {
          const granted = grantableScope(requested)
          expect(granted).toContain('claudeai')
          expect(new Set(granted).size).toBe(granted.length)
          expect(names).toEqual(expect.arrayContaining(granted))
          expect(joinScope(granted)).toMatch(wireForm)
          expect(grantableScope(joinScope(granted))).toEqual(granted)
        }),
      )
    },
  )

  test('the order of a request decides nothing', () => {
    const words = fc.shuffledSubarray(['claudeai', 'offline_access', 'openid'], { minLength: 3 })
    fc.assert(
      fc.property(words, (requested) => {
        expect(grantableScope(requested.join(' '))).toEqual(['claudeai', 'offline_access'])
      }),
    )
  })
})

describe('narrowScope', () => {
  const full = 'claudeai offline_access'

  test.each<[string, string | null | undefined, string | null]>([
    [full, undefined, full],
    [full, null, full],
    [full, '', full],
    [full, ' ', full],
    [full, full, full],
    [full, 'offline_access claudeai', full],
    [full, 'claudeai', 'claudeai'],
    [full, 'claudeai+', 'claudeai'],
    [full, 'offline_access', 'offline_access'],
    [full, 'claudeai openid', 'claudeai'],
    [full, 'openid', full],
    ['claudeai', 'claudeai', 'claudeai'],
    ['claudeai', 'openid', 'claudeai'],
    ['claudeai', full, null],
    ['claudeai', 'claudeai portico:observe', null],
    ['claudeai portico:observe', 'portico:observe', 'portico:observe'],
    ['claudeai', 'offline_access', null],
    ['offline_access', 'claudeai', null],
  ])(verifies(['A40'], 'of %j, %j is %j'), (granted, requested, narrowed) => {
    expect(narrowScope(granted, requested)).toBe(narrowed)
  })

  test(verifies(['A40'], 'never names more than was granted, and never nothing'), () => {
    const grants = fc.constantFrom('claudeai', 'offline_access', full, 'claudeai portico:observe')
    fc.assert(
      fc.property(grants, scopeText, (granted, requested) => {
        const narrowed = narrowScope(granted, requested)
        if (narrowed === null) {
          const beyond = names.filter((scope) => !granted.split(' ').includes(scope))
          expect(splitScope(requested)).toEqual(
            expect.arrayContaining([expect.toBeOneOf([...beyond])]),
          )
        } else {
          expect(narrowed).toMatch(wireForm)
          expect(granted.split(' ')).toEqual(expect.arrayContaining(narrowed.split(' ')))
        }
      }),
    )
  })
})

test(verifies(['F1'], 'a joined scope has no space at its ends and none twice'), () => {
  fc.assert(
    fc.property(scopeText, (text) => {
      expect(joinScope(splitScope(text))).not.toMatch(/^\s|\s$|\s\s/)
    }),
  )
})

test(verifies(['A41'], 'offline_access is a scope of the server and not of the resource'), () => {
  expect(serverScopes).toEqual(['claudeai', 'offline_access'])
  expect(resourceScopes).toEqual(['claudeai'])
})

test(verifies(['R5'], 'a scope that is stepped up to is announced nowhere'), () => {
  const announced = new Set([...serverScopes, ...resourceScopes])
  expect(names.filter((name) => !announced.has(name))).toEqual(['portico:observe'])
})

test('every scope is described in the order it is written', () => {
  expect(describeScope('portico:observe offline_access claudeai')).toEqual(scopes)
  expect(describeScope('claudeai').map(({ name }) => name)).toEqual(['claudeai'])
  expect(describeScope('openid')).toEqual([])
})
