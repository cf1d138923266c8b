import { expect, test } from 'vitest'
import { sharedOrigin } from '../support/server/portico'

/** Browsers ask for the second where a page has named no icon yet, and directories of connectors do. */
test.each([
  ['/icon.svg', 'image/svg+xml'],
  ['/favicon.ico', 'image/x-icon'],
])('anyone gets %s', async (path, type) => {
  const response = await fetch(`${sharedOrigin()}${path}`, { redirect: 'manual' })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
})
