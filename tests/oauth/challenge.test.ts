import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bearerChallenge } from '@/lib/oauth/challenge'
import { resourceScopes } from '@/lib/oauth/scope'
import { verifies } from '../support/sources/verifies'

const metadata = 'https://portico.example.com/.well-known/oauth-protected-resource/mcp'

/** The parameters of a Bearer challenge (RFC 9110 §11.6.1), or `null` when it is not well-formed. */
function parametersOf(header: string): Record<string, string> | null {
  const pair = /([a-z_]+)="((?:[^"\\]|\\.)*)"/
  const whole = new RegExp(`^Bearer ${pair.source}(?:, ${pair.source})*$`)
  if (!whole.test(header)) return null
  return Object.fromEntries(
    [...header.matchAll(new RegExp(pair, 'g'))].map(([, name, value]) => [
      name,
      value?.replace(/\\(.)/g, '$1'),
    ]),
  )
}

test(
  verifies(['R2', 'F1'], 'without credentials it says where to go and nothing of an error'),
  () => {
    expect(bearerChallenge(metadata, resourceScopes)).toBe(
      `Bearer resource_metadata="${metadata}", scope="claudeai"`,
    )
  },
)

test(verifies(['R2', 'R5'], 'with credentials it says what is wrong with them'), () => {
  const problem = { error: 'insufficient_scope', description: 'more is needed' } as const
  expect(bearerChallenge(metadata, ['claudeai', 'offline_access'], problem)).toBe(
    `Bearer error="insufficient_scope", error_description="more is needed", resource_metadata="${metadata}", scope="claudeai offline_access"`,
  )
})

test(verifies(['R2'], 'quotes and backslashes stay inside their string'), () => {
  fc.assert(
    fc.property(fc.string(), (description) => {
      const header = bearerChallenge(metadata, resourceScopes, {
        error: 'invalid_token',
        description,
      })
      expect(parametersOf(header)).toEqual({
        error: 'invalid_token',
        error_description: description,
        resource_metadata: metadata,
        scope: 'claudeai',
      })
    }),
  )
})
