import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clientAddress, networkOf, plainAddress } from '@/lib/http/address'
import { anyText, textOf } from '../support/sources/arbitraries'

describe('plainAddress', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['203.0.113.9:51234', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[::ffff:203.0.113.9]:443', '203.0.113.9'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:443', 'fe80::1'],
    ['::1', '::1'],
    ['::ffff:7f00:1', '127.0.0.1'],
    ['0:0:0:0:0:ffff:cb00:7109', '203.0.113.9'],
    ['0000::FFFF:cb00:7109', '203.0.113.9'],
  ])('%j is %s', (text, address) => {
    expect(plainAddress(text)).toBe(address)
  })

  test.each([
    '',
    'unknown',
    '_hidden',
    'localhost',
    '203.0.113.256',
    '203.0.113',
    '203.0.113.9/24',
    '1.2.3.4, 5.6.7.8',
    '2001:db8::1::2',
    '<script>',
  ])('%j is none', (text) => {
    expect(plainAddress(text)).toBeNull()
  })
})

test.each([
  ['160.79.104.0', 'anthropic'],
  ['160.79.106.35', 'anthropic'],
  ['160.79.111.255', 'anthropic'],
  ['160.79.103.255', 'public'],
  ['160.79.112.0', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.255', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['10.0.0.1', 'private'],
  ['172.15.255.255', 'public'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.1.1', 'private'],
  ['192.169.0.0', 'public'],
  ['100.64.0.1', 'private'],
  ['100.128.0.0', 'public'],
  ['169.254.169.254', 'private'],
  ['fc00::1', 'private'],
  ['fdff::1', 'private'],
  ['fe80::1', 'private'],
  ['febf::1', 'private'],
  ['fec0::1', 'private'],
  ['203.0.113.9', 'public'],
  ['198.18.0.1', 'public'],
  ['2001:db8::1', 'public'],
  ['2607:6bc0::1', 'public'],
  ['2602:fd3f::1', 'public'],
  // the special-purpose registries of IANA, and what is no global unicast (RFC 4291 §2.4)
  ['0.0.0.0', 'private'],
  ['192.0.0.8', 'private'],
  ['224.0.0.1', 'private'],
  ['240.0.0.1', 'private'],
  ['255.255.255.255', 'private'],
  ['::', 'private'],
  ['::127.0.0.1', 'private'],
  ['::8.8.8.8', 'private'],
  ['100::1', 'private'],
  ['200::1', 'private'],
  ['1fff::1', 'private'],
  ['4000::1', 'private'],
  ['5f00::1', 'private'],
  ['a000::1', 'private'],
  ['ff02::1', 'private'],
  ['64:ff9b:1::808:808', 'private'],
  // those that lead to an IPv4 address belong where it belongs
  ['64:ff9b::7f00:1', 'private'],
  ['64:ff9b::a00:1', 'private'],
  ['64:ff9b::808:808', 'public'],
  ['2002:a00:1::1', 'private'],
  ['2002:7f00:1::1', 'private'],
  ['2002:808:808::1', 'public'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

describe('clientAddress', () => {
  test.each<[string | null, number, string | null]>([
    [null, 0, null],
    ['', 0, null],
    ['203.0.113.9', 0, '203.0.113.9'],
    ['203.0.113.9', 1, '203.0.113.9'],
    ['6.6.6.6, 203.0.113.9', 0, '203.0.113.9'],
    ['203.0.113.9, 10.0.0.1', 1, '203.0.113.9'],
    ['6.6.6.6, 203.0.113.9, 10.0.0.1', 1, '203.0.113.9'],
    ['6.6.6.6, 203.0.113.9, 10.0.0.2, 10.0.0.1', 2, '203.0.113.9'],
    ['203.0.113.9, 10.0.0.1', 5, '203.0.113.9'],
    ['203.0.113.9,,10.0.0.1,', 1, '203.0.113.9'],
    ['6.6.6.6, unknown', 0, null],
    ['::ffff:203.0.113.9', 0, '203.0.113.9'],
  ])('of %j behind %i proxies is %s', (forwardedFor, hops, address) => {
    expect(clientAddress(forwardedFor, hops)).toBe(address)
  })

  test('what a client wrote itself never counts, however long', () => {
    fc.assert(
      fc.property(anyText, fc.ipV4(), fc.nat(3), (written, peer, hops) => {
        const proxies = Array.from({ length: hops }, (_, at) => `10.0.0.${at + 1}`)
        const header = [written.replaceAll(',', ' ,'), peer, ...proxies].join(', ')
        expect(clientAddress(header, hops)).toBe(peer)
      }),
    )
  })

  test('any header leads to an address or to none', () => {
    const header = textOf('::ffff:', '127.0.0.1', '[', ']', ':443', '%eth0', ',', '::1')
    fc.assert(
      fc.property(fc.oneof(header, anyText), fc.nat(3), (text, hops) => {
        const address = clientAddress(text, hops)
        if (address === null) return
        expect(isIP(address)).not.toBe(0)
        expect(networkOf(address)).toMatch(/^(anthropic|loopback|private|public)$/)
      }),
    )
  })
})
