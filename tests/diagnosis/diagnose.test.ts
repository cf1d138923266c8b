import { describe, expect, test } from 'vitest'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Facts } from '@/lib/diagnosis/facts'
import type { Confidence, Rule } from '@/lib/diagnosis/finding'
import { challengedWith, factsOf, page, probeOf } from '../support/browser/looks'
import {
  before,
  began,
  handshakeOf,
  type Spec,
  silentAt,
  tokenAt,
  upTo,
} from '../support/handshakes/handshakes'

const issued = upTo('token.issued')
const never = { claudeUserSeen: false, claudeUserLastSeenAt: null }
const unclean: Spec = [
  'authorization.requested',
  2000,
  'browser',
  { scope: 'claudeai', requestedScope: 'claudeai ', quirks: ['scope was not clean'] },
]

/** The tree of failure modes §0: what was seen after the token, and which cause must come first. */
const tree: readonly (readonly [
  what: string,
  first: string,
  more: readonly Spec[],
  facts: Facts,
])[] = [
  [
    '1: refused, key of another instance',
    'mcp-rejects-own-token',
    [
      [
        'mcp.challenged',
        tokenAt + 500,
        'claude',
        { error: 'invalid_token', reason: { kind: 'token-key' } },
      ],
    ],
    factsOf(never),
  ],
  [
    '1: refused, and refreshed upon it',
    'audience-mismatch',
    [
      [
        'mcp.challenged',
        tokenAt + 500,
        'claude',
        { error: 'invalid_token', reason: { kind: 'token-audience' } },
      ],
      ['token.refreshed', tokenAt + 1200, 'python', {}],
    ],
    factsOf(never),
  ],
  [
    '1: refused for its host',
    'origin-host-check',
    [
      [
        'mcp.refused',
        tokenAt + 500,
        'claude',
        { reason: { kind: 'host-not-allowed', own: 'http://localhost:3000' } },
        { status: 403 },
      ],
    ],
    factsOf(never),
  ],
  [
    '2: answered too late',
    'slow-initialize',
    [
      [
        'mcp.initialized',
        tokenAt + 11_000,
        'claude',
        { method: 'initialize' },
        { durationMs: 10_300 },
      ],
    ],
    factsOf(),
  ],
  [
    '3: came without its token',
    'authorization-header-stripped',
    [['mcp.challenged', tokenAt + 500, 'claude', { reason: { kind: 'no-credentials' } }]],
    factsOf({ edgeMarks: ['via'] }),
  ],
  [
    '4: refreshed at once',
    'lb-path-rule-misses-bare-path',
    [['token.refreshed', tokenAt + 1150, 'python', {}]],
    factsOf({ ...never, edgeMarks: ['cf-ray'] }),
  ],
  [
    '5: Claude-User was never here',
    'edge-blocks-claude-user',
    [],
    factsOf({ ...never, edgeMarks: ['cf-ray'], probe: null }),
  ],
  [
    '5: and the block is seen from outside',
    'edge-blocks-claude-user',
    [],
    factsOf({
      ...never,
      edgeMarks: ['cf-ray'],
      probe: probeOf({ 'challenge-post-claude-user': page(403) }),
    }),
  ],
  [
    '6: Claude-User was here before',
    'host-waf-blocks-bearer',
    [],
    factsOf({ edgeMarks: ['cf-ray'] }),
  ],
  [
    '7: the retry is no evidence',
    'edge-blocks-claude-user',
    [['mcp.challenged', tokenAt + 70_000, 'python', { reason: { kind: 'no-credentials' } }]],
    factsOf({ ...never, edgeMarks: ['cf-ray'], probe: null }),
  ],
  ['8: nothing is in the way', 'client-bug-token-not-attached', [], factsOf(never)],
]

describe('“token issued, and no request to /mcp” is judged in the order of the tree', () => {
  test.each(tree)('%s', (_what, first, more, facts) => {
    const findings = diagnose(handshakeOf([...issued, ...more]), facts, began + silentAt + 60_000)
    expect(findings[0]?.rule).toBe(first)
  })

  test('not before 15 s have passed', () => {
    const silent = handshakeOf(issued, { kind: 'in-progress' })
    const facts = factsOf({ ...never, edgeMarks: ['cf-ray'], probe: null })
    expect(diagnose(silent, facts, began + silentAt - 1)).toEqual([])
    expect(diagnose(silent, facts, began + silentAt)).not.toEqual([])
  })

  test('and is withdrawn when the call still comes', () => {
    const late: Spec = ['mcp.initialized', silentAt + 4000, 'claude', { method: 'initialize' }]
    const came = handshakeOf([...issued, late], { kind: 'connected' })
    expect(diagnose(came, factsOf(never), began + silentAt + 5000)).toEqual([])
  })
})

test('a theory is never the first finding, whatever else is known', () => {
  const trace = [...before('authorization.requested'), unclean, ...issued.slice(5)]
  const findings = diagnose(handshakeOf(trace), factsOf(never), began + silentAt)
  expect(findings.at(-1)?.rule).toBe('token-scope-whitespace')
  expect(findings.length).toBeGreaterThan(1)
})

test('a theory alone is not told at all', () => {
  const theory: Rule = { ...ruleThat('possible', 'a theory'), theory: true }
  expect(diagnose(null, factsOf(), began, [theory])).toEqual([])
})

/** A rule that always fires. */
function ruleThat(confidence: Confidence, id: string): Rule {
  const finding = {
    rule: id,
    confidence,
    title: id,
    explanation: '',
    evidence: [],
    observations: [],
    fix: [],
    verify: '',
  }
  return { id, symptom: id, sources: [], judge: () => finding }
}

test('findings are ranked by confidence, and equals stay in the order of the list', () => {
  const list = [
    ruleThat('possible', 'a'),
    ruleThat('likely', 'b'),
    ruleThat('confirmed', 'c'),
    ruleThat('likely', 'd'),
    ruleThat('confirmed', 'e'),
  ]
  expect(diagnose(null, factsOf(), began, list).map(({ rule }) => rule)).toEqual([
    'c',
    'e',
    'b',
    'd',
    'a',
  ])
})

test('of several faults of the documents, the one that hides the others comes first', () => {
  const bare = challengedWith('Bearer realm="x"')
  const probe = probeOf({
    'challenge-post': bare,
    'challenge-get': bare,
    'server-metadata': page(500),
  })
  const [first] = diagnose(null, factsOf({ probe }), began)
  expect(first?.rule).toBe('www-authenticate-missing')
})
