import { expect, test } from 'vitest'
import { verdictOf } from '@/lib/mcp/attempt-verdict'
import type { Attempt } from '@/lib/store/attempts'

const start = new Date('2026-10-01T12:00:00Z')
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000)

const asked: Attempt = {
  id: 'int_A',
  clientId: 'client_A',
  clientName: 'Claude',
  clientKind: 'dynamic',
  redirectUri: 'https://claude.ai/api/mcp/auth_callback',
  scope: 'claudeai',
  createdAt: start,
  expiresAt: at(1800),
  shownAt: null,
  decidedAt: null,
  decision: null,
  grantId: null,
  person: null,
  grantStatus: null,
  tokenIssuedAt: null,
  firstUsedAt: null,
}
const shown = { ...asked, shownAt: at(5) }
const denied = { ...shown, decidedAt: at(10), decision: 'denied' as const }
const allowed = {
  ...shown,
  decidedAt: at(10),
  decision: 'allowed' as const,
  grantId: 'grant_A',
  grantStatus: 'active' as const,
}
const issued = { ...allowed, tokenIssuedAt: at(11) }
const used = { ...issued, firstUsedAt: at(12) }

test.each<[string, Attempt, number, string[], string, string, string | null]>([
  ['asked', asked, 1, [], 'in-progress', 'authorization-requested', 'consent-shown'],
  [
    'asked, and nobody came',
    asked,
    1801,
    [],
    'stalled',
    'authorization-requested',
    'consent-shown',
  ],
  ['shown', shown, 1800, [], 'in-progress', 'consent-shown', 'decided'],
  ['shown, not answered', shown, 1801, [], 'stalled', 'consent-shown', 'decided'],
  [
    'shown, a form refused',
    shown,
    6,
    ['consent.refused'],
    'in-progress',
    'consent-shown',
    'decided',
  ],
  ['denied', denied, 9999, ['consent.denied'], 'refused-by-operator', 'decided', null],
  ['allowed', allowed, 70, [], 'in-progress', 'decided', 'token-issued'],
  ['allowed, code not taken', allowed, 71, [], 'stalled', 'decided', 'token-issued'],
  ['code refused', allowed, 11, ['token.refused'], 'failed', 'decided', 'token-issued'],
  ['token issued', issued, 26, [], 'in-progress', 'token-issued', 'first-mcp-request'],
  ['issued, never used', issued, 27, [], 'stalled', 'token-issued', 'first-mcp-request'],
  ['token rejected', issued, 12, ['mcp.challenged'], 'failed', 'token-issued', 'first-mcp-request'],
  [
    'a code refused before another was taken',
    issued,
    12,
    ['token.refused'],
    'in-progress',
    'token-issued',
    'first-mcp-request',
  ],
  ['used', used, 9999, [], 'connected', 'first-mcp-request', null],
])('%s', (_, attempt, seconds, refused, verdict, reached, missing) => {
  const refusals = refused.map((name) => ({ name }))
  expect(verdictOf(attempt, refusals, at(seconds))).toEqual({ verdict, reached, missing })
})
