import { expect, test } from 'vitest'
import { loopbackTwins } from '@/lib/loopback'

test.each([
  ['http://localhost:3000', ['http://127.0.0.1:3000', 'http://[::1]:3000']],
  ['http://127.0.0.1:8080', ['http://localhost:8080', 'http://[::1]:8080']],
  ['http://[::1]', ['http://localhost', 'http://127.0.0.1']],
  ['https://portico.example.com', []],
  ['https://localhost.example.com', []],
])('%s is also %j', (origin, twins) => {
  expect(loopbackTwins(origin)).toEqual(twins)
})
