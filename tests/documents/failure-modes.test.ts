import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { leftOut, rules } from '@/lib/diagnosis/rule-list'
import { failureModes, readResults } from './failure-modes'

test('docs/failure-modes.md is the rules; `npm run failure-modes` writes it anew', () => {
  expect(readFileSync('docs/failure-modes.md', 'utf8')).toBe(failureModes(readResults()))
})

test('no mode is both judged and left out', () => {
  expect(rules.map(({ id }) => id).filter((id) => id in leftOut)).toEqual([])
})

test('results of the corpus are told by the injected cause', () => {
  const text = failureModes([
    { stream: 'a', mode: 'slow-initialize', produced: 'live', findings: ['slow-initialize'] },
    { stream: 'b', mode: 'slow-initialize', produced: 'facts', findings: ['x', 'slow-initialize'] },
    { stream: 'c', mode: 'slow-initialize', produced: 'live', findings: [] },
    { stream: 'd', mode: null, produced: 'live', findings: [] },
    { stream: 'e', mode: null, produced: 'live', findings: ['token-slow'] },
  ])
  expect(text).toContain('| `slow-initialize` | a | live | `slow-initialize` | first |')
  expect(text).toContain('| `slow-initialize` | b | facts | `x`, `slow-initialize` | second |')
  expect(text).toContain('| `slow-initialize` | c | live | none | missed |')
  expect(text).toContain('| none: healthy | e | live | `token-slow` | wrong |')
  expect(text).toContain('first finding: 1 of 3')
  expect(text).toContain('first two: 2 of 3')
  expect(text).toContain('above `possible`: 1 of 2')
  expect(text).toContain('are `live`: 2 of 3')
})
