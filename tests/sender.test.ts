import { expect, it } from 'vitest'
import { appendSender, noteSender } from '@/lib/cli/sender.mjs'

const header = 'x-forwarded-for'

it.each([
  ['is alone where none arrived', undefined, '203.0.113.9', '203.0.113.9'],
  [
    'stands behind what arrived',
    '198.51.100.1, 10.0.0.1',
    '10.0.0.2',
    '198.51.100.1, 10.0.0.1, 10.0.0.2',
  ],
  ['is plain IPv4 on a dual-stack socket', undefined, '::ffff:203.0.113.9', '203.0.113.9'],
  ['stays IPv6', undefined, '2001:db8::1', '2001:db8::1'],
  ['never leaves a made-up address last', '127.0.0.1', undefined, '127.0.0.1, unknown'],
])('the sender %s', (_, arrived, remoteAddress, expected) => {
  const request = { headers: { [header]: arrived }, socket: { remoteAddress } }
  appendSender(request)
  expect(request.headers[header]).toBe(expected)
})

it('is known of a connection that was reset meanwhile', () => {
  const socket: { remoteAddress?: string | undefined } = { remoteAddress: '203.0.113.9' }
  noteSender(socket)
  socket.remoteAddress = undefined
  const request = { headers: { [header]: undefined }, socket }
  appendSender(request)
  expect(request.headers[header]).toBe('203.0.113.9')
})
