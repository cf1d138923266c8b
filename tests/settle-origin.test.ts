import { expect, it } from 'vitest'
import { settleOrigin } from '@/lib/cli/next-request.mjs'

it.each([
  ['https://portico.example.com', 'portico.example.com', 'https', '443'],
  ['https://portico.example.com:8443', 'portico.example.com:8443', 'https', '8443'],
  ['http://localhost:3000', 'localhost:3000', 'http', '3000'],
  ['http://localhost', 'localhost', 'http', '80'],
])('whatever arrives, a request is for %s', (origin, host, proto, port) => {
  const settled = {
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': proto,
    'x-forwarded-port': port,
  }
  const lies = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example, portico.example.com',
    'x-forwarded-proto': 'ftp',
    'x-forwarded-port': '1',
  }
  for (const arrived of [{}, { host: '127.0.0.1:3000' }, lies]) {
    const request = { headers: { ...arrived } }
    settleOrigin(request, origin)
    expect(request.headers).toEqual(settled)
  }
})
