import { describe, expect, test } from 'vitest'
import { bodyFor } from '@/lib/alerts/message'
import { alertText, testText } from '@/lib/diagnosis/alert-text'
import type { Finding } from '@/lib/diagnosis/finding'

const url = 'https://portico.example.com/admin/handshakes/hs_7'
const place = { serverName: 'Portico', url, alike: 0 }
const claude = {
  surface: 'claude-hosted',
  clientName: 'Claude',
  verdict: { kind: 'stalled', stage: 'first-mcp-request' },
} as const
const finding: Finding = {
  rule: 'edge-blocks-claude-user',
  confidence: 'likely',
  title: 'An edge keeps Claude-User out',
  explanation: '',
  evidence: [],
  observations: [],
  fix: [
    { text: 'Allow it.', where: 'Cloudflare → Security → Bots' },
    { text: 'Then connect again.' },
  ],
  verify: '',
}

test('an alert has verdict, cause, first step and link', () => {
  const { subject, text } = alertText(claude, finding, place)
  expect(subject).toBe(
    'Portico: a handshake of Claude stalled at “first authenticated MCP request”',
  )
  expect(text.split('\n')).toEqual([
    `${subject}.`,
    'Likely cause: An edge keeps Claude-User out',
    'First step (Cloudflare → Security → Bots): Allow it.',
    url,
  ])
})

test.each([
  ['confirmed', 'Cause: '],
  ['likely', 'Likely cause: '],
  ['possible', 'Possible cause: '],
] as const)('a %s finding is told as such', (confidence, start) => {
  const { text } = alertText(claude, { ...finding, confidence }, place)
  expect(text.split('\n')[1]).toBe(`${start}${finding.title}`)
})

test.each([
  [0, 3],
  [1, 'Another one ended at the same step within the last hour.'],
  [12, '12 others ended at the same step within the last hour.'],
])('%i others', (alike, said) => {
  const lines = alertText(claude, undefined, { ...place, alike }).text.split('\n')
  if (typeof said === 'number') expect(lines).toHaveLength(said)
  else expect(lines[2]).toBe(said)
})

describe('what a stranger calls itself', () => {
  const nameIn = (clientName: string | null) => {
    const stranger = { ...claude, surface: 'unknown', clientName } as const
    return alertText(stranger, undefined, place).subject.replace(/ stalled at .*/, '')
  }

  test.each([
    [null, 'an unnamed client'],
    ['Gemini CLI', '“Gemini CLI”'],
    ['a\r\nBcc: x@example.com', '“a Bcc: x@example.com”'],
    ['<!channel> *now* <https://evil.example|here>', '“!channel now https evil.examplehere”'],
    ['“ended” stalled', '“ended stalled”'],
    ['\u202Etxt', '“txt”'],
    ['n'.repeat(200), `“${'n'.repeat(60)}”`],
  ])('%j', (name, shown) => {
    expect(nameIn(name)).toBe(`Portico: a handshake of ${shown}`)
  })
})

test('the text of a webhook has no markup for Slack; that of a letter is as it is', () => {
  const alert = {
    ...testText('R&D <test>', url),
    type: 'alert.test',
    at: new Date(0),
    handshake: null,
  } as const
  const posted = JSON.parse(bodyFor('webhook', 'msg_1', alert))
  expect(posted).toEqual({
    type: 'alert.test',
    id: 'msg_1',
    at: '1970-01-01T00:00:00.000Z',
    handshake: null,
    text: alert.text.replace('R&D <test>', 'R&amp;D &lt;test&gt;'),
  })
  const { subject, text } = alert
  expect(JSON.parse(bodyFor('email', 'msg_1', alert))).toEqual({ subject, text })
})
