import { expect, test } from 'vitest'
import { otherName, trustedHeaders } from '@/lib/http/asked-name'

const own = ['https://portico.example.com', 'https://former.example']

test.each<[Record<string, string>, string | null]>([
  [{ host: 'portico.example.com' }, null],
  [{ host: 'PORTICO.example.com:443' }, null],
  [{ host: 'former.example' }, null],
  [{ host: 'www.portico.example.com' }, 'https://www.portico.example.com'],
  [{ host: 'portico.example.com:8443' }, 'https://portico.example.com:8443'],
  [{ host: 'portico.example.com', 'x-forwarded-proto': 'https' }, null],
  [{ host: 'portico.example.com', 'x-forwarded-proto': 'http' }, 'http://portico.example.com'],
  [{ host: 'app:3000', 'x-forwarded-host': 'portico.example.com' }, null],
  [{ host: 'app:3000', 'x-forwarded-host': 'portico.example.com, inner' }, null],
  [{ host: 'app:3000' }, 'https://app:3000'],
  [{ host: '127.0.0.1:3000' }, 'http://127.0.0.1:3000'],
  [{ host: 'portico.example.com', 'x-forwarded-proto': 'gopher' }, null],
  [{ host: 'not a host' }, null],
  [{}, null],
])('%j is another name: %s', (headers, expected) => {
  expect(otherName((name) => headers[name], own)).toBe(expected)
})

test('a name that is made up is not kept at any length', () => {
  expect(otherName(() => `${'x'.repeat(60)}.`.repeat(20), own)?.length).toBeLessThanOrEqual(200)
})

test('what is forwarded is heeded where a proxy is known to be in front', () => {
  const headers: Record<string, string> = {
    host: 'portico.example.com',
    'x-forwarded-host': 'www.portico.example.com',
  }
  const headerOf = (name: string) => headers[name]
  expect(otherName(trustedHeaders(headerOf, 0), own)).toBeNull()
  expect(otherName(trustedHeaders(headerOf, 1), own)).toBe('https://www.portico.example.com')
})
