import { afterEach, expect, test, vi } from 'vitest'
import { isStrict } from '@/lib/cli/transport.mjs'

test.each([
  ['https://portico.example.com', true],
  ['https://portico.example.com:8443', true],
  ['http://localhost:3000', false],
  // it would hold for every other server of the machine
  ['https://localhost:3000', false],
  ['', false],
  [undefined, false],
  ['nonsense', false],
])('%j is kept to: %s', (origin, strict) => {
  expect(isStrict(origin)).toBe(strict)
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** The headers that a build has Next put on every answer. */
async function builtHeaders(vercel: string): Promise<readonly string[]> {
  vi.stubEnv('VERCEL', vercel)
  vi.resetModules()
  const { default: config } = await import('@/next.config')
  const [everywhere] = (await config.headers?.()) ?? []
  expect(everywhere?.source).toBe('/:path*')
  return everywhere?.headers.map(({ key, value }) => `${key}: ${value}`) ?? []
}

test('a build for Vercel has it, where nothing stands in front; one for a Node host does not know yet', async () => {
  const header = 'Strict-Transport-Security: max-age=31536000'
  expect(await builtHeaders('1')).toContain(header)
  const elsewhere = await builtHeaders('')
  expect(elsewhere).toContain('X-Content-Type-Options: nosniff')
  expect(elsewhere).not.toContain(header)
})
