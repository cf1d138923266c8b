import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { notBuilt, requirements } from './requirements'

/** Ids cited by `verifies([...])` in the test files. */
function citedIds(sources: readonly string[]): Set<string> {
  const cited = new Set<string>()
  for (const source of sources) {
    for (const [, list] of source.matchAll(/verifies\(\s*\[([^\]]*)\]/g)) {
      for (const [, id] of (list ?? '').matchAll(/'([A-Z]\d+)'/g)) if (id) cited.add(id)
    }
  }
  return cited
}

const testSources = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(`tests/${file}`, 'utf8'))

test('every requirement is cited by a test', () => {
  const cited = citedIds(testSources)
  expect(Object.keys(requirements).filter((id) => !cited.has(id))).toEqual([])
})

test('every row from A1 to A69 and D1 to D7 is built or answered with a reason', () => {
  const rows = (letter: string, last: number) =>
    Array.from({ length: last }, (_, at) => `${letter}${at + 1}`)
  const answered = [...Object.keys(requirements), ...Object.keys(notBuilt)]
  expect([...rows('A', 69), ...rows('D', 7)].filter((id) => !answered.includes(id))).toEqual([])
  expect(Object.keys(notBuilt).filter((id) => id in requirements)).toEqual([])
})

test('an uncited requirement is noticed', () => {
  expect(citedIds(["test(verifies(['A1', 'D2'], 'x'))"])).toEqual(new Set(['A1', 'D2']))
  expect(citedIds(['// A3 is mentioned only']).size).toBe(0)
})
