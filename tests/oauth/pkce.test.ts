import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCodeChallenge, isCodeVerifier, verifierMatches } from '@/lib/oauth/pkce'
import { anyText } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

/** RFC 7636 appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test(verifies(['A32'], 'the example of RFC 7636 appendix B matches'), () => {
  expect(isCodeVerifier(verifier)).toBe(true)
  expect(isCodeChallenge(challenge)).toBe(true)
  expect(verifierMatches(verifier, challenge)).toBe(true)
})

test.each([
  ['another verifier', `${verifier.slice(0, -1)}K`, challenge],
  ['another challenge', verifier, `${challenge.slice(0, -1)}N`],
  ['the challenge itself, as plain would have it', challenge, challenge],
  ['a padded challenge', verifier, `${challenge}=`],
  ['standard base64', verifier, createHash('sha256').update(verifier).digest('base64')],
  ['nothing', '', ''],
])(verifies(['A32'], '%s does not match'), (_, sent, stored) => {
  expect(verifierMatches(sent, stored)).toBe(false)
})

test.each([
  ['a'.repeat(42), false],
  ['a'.repeat(43), true],
  ['a'.repeat(128), true],
  ['a'.repeat(129), false],
  [`${'a'.repeat(42)}~`, true],
  [`${'a'.repeat(42)}.`, true],
  [`${'a'.repeat(42)}+`, false],
  [`${'a'.repeat(42)}é`, false],
  [`${'a'.repeat(43)}\n`, false],
  ['', false],
])(verifies(['A32'], '%j as a verifier: %s'), (value, isOne) => {
  expect(isCodeVerifier(value)).toBe(isOne)
})

test.each([
  ['a'.repeat(42), false],
  ['a'.repeat(43), true],
  ['a'.repeat(44), false],
  [`${'a'.repeat(42)}-`, true],
  [`${'a'.repeat(42)}_`, true],
  [`${'a'.repeat(42)}.`, false],
  [`${'a'.repeat(42)}+`, false],
  [`${'a'.repeat(42)}=`, false],
  [`${'a'.repeat(43)}\n`, false],
  ['', false],
])(verifies(['A15'], '%j as an S256 challenge: %s'), (value, isOne) => {
  expect(isCodeChallenge(value)).toBe(isOne)
})

test(verifies(['A32'], 'a verifier matches its own challenge and no other'), () => {
  const other = createHash('sha256').update(randomBytes(32)).digest('base64url')
  fc.assert(
    fc.property(anyText, (text) => {
      const own = createHash('sha256').update(text).digest('base64url')
      expect(isCodeChallenge(own)).toBe(true)
      expect(verifierMatches(text, own)).toBe(true)
      expect(verifierMatches(text, other)).toBe(false)
    }),
  )
})
