import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eventTable } from './event-table'

test('docs/events.md is the catalogue; `npm run events` writes it anew', () => {
  expect(readFileSync('docs/events.md', 'utf8')).toBe(eventTable())
})
