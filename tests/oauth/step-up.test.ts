import { describe, expect, test } from 'vitest'
import { coversScope } from '@/lib/oauth/consent'
import type { Scope } from '@/lib/oauth/scope'
import { challengeScope, heldScope, heldScopes, withheldScope } from '@/lib/oauth/step-up'
import type { Role } from '@/lib/vocabulary'
import { verifies } from '../support/sources/verifies'

const everything = 'claudeai offline_access portico:observe'

describe('who may be granted what', () => {
  test.each<[Role, string, string]>([
    ['admin', everything, ''],
    ['operator', everything, ''],
    ['viewer', 'claudeai offline_access', 'portico:observe'],
    ['member', 'claudeai offline_access', 'portico:observe'],
  ])(verifies(['R5'], '%s: %j, and not %j'), (role, held, withheld) => {
    expect(heldScope(everything, role)).toBe(held)
    expect(heldScopes(everything.split(' '), role)).toEqual(held.split(' '))
    expect(withheldScope(everything, role)).toBe(withheld)
    expect(heldScope('claudeai', role)).toBe('claudeai')
  })

  test(verifies(['R5', 'A18'], 'a remembered yes to less does not cover it'), () => {
    const asked = 'claudeai portico:observe'
    expect(coversScope('claudeai offline_access', heldScope(asked, 'operator'))).toBe(false)
    expect(coversScope(asked, heldScope(asked, 'operator'))).toBe(true)
    // nothing more than was remembered would be granted
    expect(coversScope('claudeai', heldScope(asked, 'viewer'))).toBe(true)
  })
})

test.each<[Scope, string[], string]>([
  ['claudeai', [], 'claudeai'],
  ['claudeai', ['offline_access'], 'claudeai'],
  ['claudeai', ['portico:observe'], 'claudeai portico:observe'],
  ['portico:observe', ['claudeai'], 'claudeai portico:observe'],
  ['portico:observe', ['claudeai', 'offline_access'], 'claudeai portico:observe'],
  ['portico:observe', [], 'claudeai portico:observe'],
  ['portico:observe', ['something:else'], 'claudeai portico:observe'],
])(verifies(['R5'], 'a challenge for %s to a holder of %j names %j'), (needed, granted, scope) => {
  expect(challengeScope(needed, granted).join(' ')).toBe(scope)
})
