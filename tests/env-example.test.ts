import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { variables } from '@/lib/env'

const example = readFileSync(path.join(import.meta.dirname, '../.env.example'), 'utf8')

it('.env.example names exactly the variables that are read', () => {
  const named = [...example.matchAll(/^#?\s?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1])
  expect(named.sort()).toEqual(Object.keys(variables).sort())
})
