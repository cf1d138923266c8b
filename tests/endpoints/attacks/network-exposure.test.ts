import { expect, test, vi } from 'vitest'
import { elsewhere, isOpen, portOf } from '../../support/server/open-port'
import { sharedOrigin, startPortico } from '../../support/server/portico'

// processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

test('a server whose origin is on loopback is reached by nobody else', async () => {
  const port = portOf(sharedOrigin())
  for (const host of ['localhost', '127.0.0.1', '::1']) {
    expect([host, await isOpen(host, port)]).toEqual([host, true])
  }
  expect(await isOpen(elsewhere, port)).toBe(false)
})

test.each([
  [{ PORTICO_HOST: '::' }, 'every address', true],
  [{ PORTICO_URL: 'https://portico.test' }, 'every address', true],
  [{ PORTICO_URL: 'https://portico.test', PORTICO_HOST: '127.0.0.1' }, '127.0.0.1', false],
])('with %o it listens on %s', async (env: Record<string, string>, where, isThere) => {
  const portico = await startPortico({ env })
  expect(await isOpen(elsewhere, portOf(portico.origin))).toBe(isThere)
  expect(portico.output()).toMatch(new RegExp(`^ {2}Listens on: .*\\b${where}`, 'm'))
  expect((await portico.stop()).code).toBe(0)
})
