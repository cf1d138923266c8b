import { expect, test } from 'vitest'
import { isOwnMachine, isStrict } from '@/lib/cli/transport.mjs'
import { isLoopbackHost } from '@/lib/loopback'

test.each(['localhost', '127.0.0.1', '[::1]', '127.0.0.2', 'example.com', '[::2]'])(
  'what is loopback is the same here as for an origin: %s',
  (host) => {
    for (const origin of [`http://${host}:3000`, `https://${host}`]) {
      expect(isOwnMachine(origin)).toBe(isLoopbackHost(host))
    }
  },
)

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
