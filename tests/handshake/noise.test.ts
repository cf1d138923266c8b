import { expect, test } from 'vitest'
import type { Verdict } from '@/lib/handshake/handshake'
import { type AlertSubject, noiseOf } from '@/lib/handshake/noise'

const stalled: Verdict = { kind: 'stalled', stage: 'first-mcp-request' }
const known: AlertSubject = {
  surface: 'claude-hosted',
  identification: 'dynamic',
  clientId: 'client_1',
  userId: 'user_1',
  verdict: stalled,
}
const stranger: Partial<AlertSubject> = { surface: 'unknown', userId: null }
const at = (kind: 'stalled' | 'failed', stage: 'decided' | 'signed-in'): Partial<AlertSubject> => ({
  verdict: { kind, stage },
})

test.each<[string, Partial<AlertSubject>, string | null | undefined, string | null]>([
  ['a token that was not used', {}, undefined, null],
  ['one with a cause', {}, 'edge-blocks-claude-user', null],
  ['a failure', { verdict: { kind: 'failed', stage: 'token-issued' } }, null, null],
  ['one that connected', { verdict: { kind: 'connected' } }, undefined, 'it is connected by now'],
  ['one under way', { verdict: { kind: 'in-progress' } }, undefined, 'it is in progress by now'],
  [
    'one a person declined',
    { verdict: { kind: 'refused-by-operator' } },
    undefined,
    'it is refused by operator by now',
  ],
  ['a knock', { clientId: null, identification: null }, undefined, 'no client was identified'],
  [
    'a made-up client',
    { ...stranger, identification: null },
    undefined,
    'no client was identified',
  ],
  ['a stranger that registered and left', stranger, undefined, 'no client was identified'],
  [
    'a stranger that was refused',
    { ...stranger, verdict: { kind: 'failed', stage: 'token-issued' } },
    undefined,
    null,
  ],
  [
    'a product whose client was forgotten',
    { identification: null, verdict: { kind: 'failed', stage: 'authorization-requested' } },
    'stale-client-id',
    null,
  ],
  [
    'a person who never answered',
    at('stalled', 'decided'),
    'consent-unanswered',
    'a person went away',
  ],
  [
    'a person who never signed in',
    at('stalled', 'signed-in'),
    'sign-in-abandoned',
    'a person went away',
  ],
  ['a person, no cause known', at('stalled', 'decided'), null, 'a person went away'],
  ['a person, not judged yet', at('stalled', 'decided'), undefined, null],
  ['a sign-in that leads elsewhere', at('stalled', 'signed-in'), 'login-bounces-home', null],
  ['a consent that was refused', at('failed', 'decided'), null, null],
])('%s', (_, part, cause, noise) => {
  expect(noiseOf({ ...known, ...part }, cause)).toBe(noise)
})
