import { expect, test } from 'vitest'
import { inUtc } from '@/lib/store/mcp/session-client'

/** A moment as PostgreSQL writes it in the zone of a session. */
test.each([
  ['2026-11-29 08:13:54.123+05:30', '2026-11-29T02:43:54.123+00'],
  ['2026-11-28 21:43:54.12-05', '2026-11-29T02:43:54.120+00'],
  ['2026-03-29 03:00:00+02', '2026-03-29T01:00:00.000+00'],
  ['2026-12-31 23:45:00-00:15', '2027-01-01T00:00:00.000+00'],
  ['2026-11-29 02:43:54.123+00', '2026-11-29 02:43:54.123+00'],
  ['infinity', 'infinity'],
])('%s is %s', (written, read) => {
  expect(inUtc(written)).toBe(read)
})
