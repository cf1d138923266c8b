import { expect, test } from 'vitest'
import { citations, citedIn, titlesOf } from './mutations/citations'
import { notBuilt, requirements } from './requirements'
import { verifies } from './support/sources/verifies'

test('every requirement is cited by a test', () => {
  const cited = new Set<string>([...citations().values()].flatMap((ids) => [...ids]))
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
  expect(citedIn("test(verifies(['A1', 'D2'], 'x'))")).toEqual(['A1', 'D2'])
  expect(citedIn('// A3 is mentioned only')).toEqual([])
})

test('tests are found by the ids in their titles', () => {
  const titles = new RegExp(titlesOf(['A1', 'D2']))
  expect(verifies(['A3', 'A1'], 'x')).toMatch(titles)
  expect(verifies(['D2'], 'x')).toMatch(titles)
  expect(verifies(['A11', 'A3'], 'A1')).not.toMatch(titles)
})
