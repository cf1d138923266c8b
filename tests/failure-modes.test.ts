import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { failureModes, readResults } from '@/lib/cli/failure-modes'
import { leftOut } from '@/lib/diagnosis/left-out'
import { rules } from '@/lib/diagnosis/rule-list'

test('docs/failure-modes.md is the rules; `npm run failure-modes` writes it anew', () => {
  expect(readFileSync('docs/failure-modes.md', 'utf8')).toBe(failureModes(readResults()))
})

test('no mode is both judged and left out', () => {
  expect(rules.map(({ id }) => id).filter((id) => id in leftOut)).toEqual([])
})

test('results of the corpus are counted by the injected cause', () => {
  const text = failureModes([
    { stream: 'a', mode: 'slow-initialize', findings: ['slow-initialize'] },
    { stream: 'b', mode: 'slow-initialize', findings: ['token-slow', 'slow-initialize'] },
    { stream: 'c', mode: null, findings: [] },
    { stream: 'd', mode: null, findings: ['token-slow'] },
  ])
  expect(text).toContain('| `slow-initialize` | 1 of 2 | 2 of 2 |')
  expect(text).toContain('above `possible`: 1 of 2.')
})
