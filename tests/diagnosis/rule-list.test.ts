import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rules } from '@/lib/diagnosis/rule-list'

const files = readdirSync('lib/diagnosis/rules').map((file) => file.replace(/\.ts$/, ''))

test('every file in rules/ is in the list, once, and the list holds nothing else', () => {
  expect(rules.map(({ id }) => id).sort()).toEqual(files.sort())
})

test.each(rules)('$id names its symptom and where it is known from', ({ symptom, sources }) => {
  expect(symptom).toMatch(/^\S.{9,}/)
  expect(sources.length).toBeGreaterThan(0)
})
