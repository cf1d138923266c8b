import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { variables } from '@/lib/config/all'
import { envExample, settingsTable } from './settings'

const names = Object.keys(variables).sort()

/** What is set where every line of the example is taken, those that are comments too. */
const namedIn = (example: string) =>
  [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]).sort()

test('.env.example is the settings; `npm run settings` writes it anew', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample())
  expect(namedIn(envExample())).toEqual(names)
})

test('docs/settings.md is the settings; `npm run settings` writes it anew', () => {
  expect(readFileSync('docs/settings.md', 'utf8')).toBe(settingsTable())
  const rows = [...settingsTable().matchAll(/^\| `([A-Z0-9_]+)`/gm)].map((match) => match[1])
  expect(rows.sort()).toEqual(names)
})

test('no line of the example is longer than 100 characters', () => {
  expect(
    envExample()
      .split('\n')
      .filter((line) => line.length > 100),
  ).toEqual([])
})
