import { expect, test } from 'vitest'
import { type ConsentClient, coversScope, isIdentityAssured } from '@/lib/oauth/consent'
import { loopbackPolicy } from '@/lib/oauth/loopback-policy'
import { matchRedirectUri } from '@/lib/oauth/redirect-uri'
import { verifies } from '../support/sources/verifies'

const document = (id: string): ConsentClient => ({
  id,
  kind: 'metadata_document',
  authMethod: 'none',
})
const claude = document('https://claude.ai/oauth/mcp-oauth-client-metadata')
const claudeCode = document('https://claude.ai/oauth/claude-code-client-metadata')
const made = { id: 'client_a', kind: 'registered', authMethod: 'client_secret_post' } as const
const dynamic = { id: 'client_a', kind: 'dynamic', authMethod: 'client_secret_post' } as const

test.each<[string, ConsentClient, string, boolean]>([
  ['a document, on its own host', claude, 'https://claude.ai/api/mcp/auth_callback', true],
  ['a document, on another host', claude, 'https://evil.example/cb', false],
  ['a document, on a host below', claude, 'https://x.claude.ai/cb', false],
  ['a document, on another port', claude, 'https://claude.ai:8443/cb', false],
  ['a document, on loopback', claudeCode, 'http://localhost:5000/callback', false],
  ['a document, by an app’s scheme', claude, 'claude://cb', false],
  ['a client with a secret that an admin made', made, 'https://app.example.com/cb', true],
  ['the same, on loopback', made, 'http://127.0.0.1/cb', false],
  ['the same, by an app’s scheme', made, 'com.example.app:/cb', false],
  ['one without a secret', { ...made, authMethod: 'none' }, 'https://app.example.com/cb', false],
  ['one that registered itself', dynamic, 'https://app.example.com/cb', false],
  ['one that says it is Claude', dynamic, 'https://claude.ai/api/mcp/auth_callback', false],
])(verifies(['A18'], 'a yes to %s is remembered: %4$s'), (_title, client, redirectUri, assured) => {
  expect(isIdentityAssured(client, redirectUri)).toBe(assured)
})

test.each([
  ['claudeai', 'claudeai', true],
  ['claudeai offline_access', 'claudeai', true],
  ['offline_access claudeai', 'claudeai offline_access', true],
  ['claudeai', 'claudeai offline_access', false],
  ['', 'claudeai', false],
])(verifies(['A18'], 'a yes to %j covers %j: %s'), (remembered, requested, covers) => {
  expect(coversScope(remembered, requested)).toBe(covers)
})

const switched = ['http://localhost:1/callback', 'http://127.0.0.1:2/callback'] as const

test.each<[string, string, boolean]>([
  ['client_a', 'Claude Code', true],
  ['client_a', 'Claude Code (portico)', true],
  [claudeCode.id, 'anything', true],
  ['client_a', 'Claude', false],
  ['client_a', 'Claude Codex', false],
  ['client_a', 'My Claude Code', false],
  [claude.id, 'Claude', false],
])(
  verifies(['A13'], '%s named %j may switch between localhost and 127.0.0.1: %s'),
  (id, name, may) => {
    const policy = loopbackPolicy({ id, name })
    const [registered, requested] = switched
    expect(matchRedirectUri([registered], requested, policy)).toBe(may)
    expect(matchRedirectUri([requested], registered, policy)).toBe(may)
    for (const other of ['http://127.0.0.1:2/other', 'https://127.0.0.1:2/callback']) {
      expect(matchRedirectUri([registered], other, policy)).toBe(false)
    }
    expect(matchRedirectUri(['https://a.example/cb'], 'http://127.0.0.1/cb', policy)).toBe(false)
  },
)
