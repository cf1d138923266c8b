import { describe, expect, it } from 'vitest'
import { type UnattendedAttempts, unattendedText } from '@/lib/diagnosis/unattended-text'

const at = { serverName: 'Portico', url: 'https://portico.example.com/admin/handshakes' }
const count = (surface: string, many: number, stage = 'authorization-requested' as const) => ({
  surface,
  kind: 'stalled' as const,
  stage,
  count: many,
})
const linesOf = (held: Partial<UnattendedAttempts>) =>
  unattendedText({ counts: [], addresses: 3, fromClaude: 0, ...held }, at).text.split('\n')

describe('one message about attempts without a person', () => {
  it('says how many, from where and where they ended, and ends with the page', () => {
    const held = { counts: [count('claude-code', 10), count('unknown', 2)] }
    expect(linesOf(held)).toEqual([
      'Portico: 12 attempts without a person came to nothing.',
      'They came from 3 addresses, none in Claude’s network.',
      '10 of what calls itself Claude Code stalled at “authorization requested”.',
      '2 of an unknown product stalled at “authorization requested”.',
      'Nobody signed in; attempts with a sign-in are reported one by one.',
      at.url,
    ])
  })

  it.each([
    [1, 1, 'They came from one address, all in Claude’s network.'],
    [9, 1, 'They came from 3 addresses, 1 of them in Claude’s network.'],
  ])('of %d, %d came from Claude’s network', (many, fromClaude, line) => {
    const addresses = many === 1 ? 1 : 3
    expect(linesOf({ counts: [count('vscode', many)], addresses, fromClaude })[1]).toBe(line)
  })

  it('is as short for a thousand kinds as for five', () => {
    const counts = Array.from({ length: 1000 }, (_, n) => count('unknown', 1000 - n))
    const lines = linesOf({ counts })
    expect(lines).toHaveLength(9)
    expect(lines[6]).toMatch(/^\d+ ended elsewhere\.$/)
  })
})
