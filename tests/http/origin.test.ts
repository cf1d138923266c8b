import { describe, expect, test } from 'vitest'
import { isAllowedOrigin, isReboundHost } from '@/lib/http/origin'
import { verifies } from '../support/sources/verifies'

const own = 'https://portico.example.com'
const further = ['https://app.example.com']

describe('isAllowedOrigin', () => {
  test.each<[string | null]>([
    [null],
    [own],
    ['https://claude.ai'],
    ['https://claude.com'],
    ['https://app.example.com'],
    ['http://localhost:6274'],
    ['http://127.0.0.1:6274'],
    ['http://[::1]:6274'],
    ['https://localhost'],
  ])(verifies(['R6'], '%j may call'), (origin) => {
    expect(isAllowedOrigin(origin, own, further)).toBe(true)
  })

  test.each([
    '',
    'null',
    'https://evil.example',
    'http://portico.example.com',
    'https://portico.example.com:8443',
    'https://portico.example.com.evil.example',
    'https://claude.ai.evil.example',
    'https://evil.example/claude.ai',
    'https://evilclaude.ai',
    'http://claude.ai',
    'https://claude.ai:8443',
    'https://sub.claude.ai',
    'http://app.example.com',
    'http://localhost.evil.example',
    'http://localhost@evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1',
    'http://0.0.0.0:3000',
    'file://',
    'chrome-extension://abcdef',
  ])(verifies(['R6'], '%j may not'), (origin) => {
    expect(isAllowedOrigin(origin, own, further)).toBe(false)
  })

  test(verifies(['R6'], 'nothing further is allowed by itself'), () => {
    expect(isAllowedOrigin('https://app.example.com', own, [])).toBe(false)
  })
})

describe('isReboundHost', () => {
  test.each(['localhost:3000', 'localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000'])(
    verifies(['R6'], 'on loopback, %s is this machine'),
    (host) => {
      expect(isReboundHost(host, 'http://localhost:3000')).toBe(false)
    },
  )

  test.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example:3000',
    'localhost:3000@evil.example',
    '10.0.0.1:3000',
    '',
    ':3000',
    'a b',
  ])(verifies(['R6'], 'on loopback, %j may be a name that was rebound'), (host) => {
    for (const address of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
      expect(isReboundHost(host, address)).toBe(true)
    }
  })

  test.each<[string | null]>([['evil.example'], ['internal:3000'], ['localhost'], [null]])(
    verifies(['R6'], 'behind a proxy, %j decides nothing'),
    (host) => {
      expect(isReboundHost(host, own)).toBe(false)
    },
  )

  test('a request without Host is not one of a browser', () => {
    expect(isReboundHost(null, 'http://localhost:3000')).toBe(false)
  })
})
