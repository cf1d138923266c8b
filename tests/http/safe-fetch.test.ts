import { describe, expect, test } from 'vitest'
import { FetchProblem, safeFetch } from '@/lib/http/safe-fetch'
import { NoSlotError, Slots } from '@/lib/http/slots'
import { isPublicAddress } from '@/lib/special-addresses'
import { verifies } from '../support/sources/verifies'

describe('isPublicAddress', () => {
  test.each([
    '8.8.8.8',
    '160.79.104.10',
    '172.15.0.1',
    '172.32.0.1',
    '2606:4700::1',
    '2607:6bc0::10',
    '2a00::1',
    // where a network has no IPv4, every IPv4 address is found behind this prefix
    '64:ff9b::808:808',
  ])(verifies(['A59'], '%s is'), (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  test.each([
    ['this network', ['0.0.0.0', '0.1.2.3']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '::127.0.0.1']],
    ['private', ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1']],
    ['shared by a carrier', ['100.64.0.1', '100.127.255.255']],
    ['link-local, as cloud metadata', ['169.254.169.254', 'fe80::1', 'febf::1']],
    ['unique local', ['fc00::1', 'fd12:3456::1', 'fec0::1']],
    ['for documentation', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1']],
    ['for benchmarks', ['198.18.0.1', '198.19.255.255']],
    ['multicast or broadcast', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
    ['reserved', ['240.0.0.1', '192.0.0.8', '100::1', '5f00::1']],
    [
      'outside of 2000::/3',
      ['1::1', '200::1', '1fff::1', '4000::1', '6000::1', 'a000::1', 'e000::1'],
    ],
    ['discard-only', ['100::1', '100:0:0:1::1']],
    ['of the network itself', ['192.31.196.1', '192.52.193.1', '192.88.99.1', '192.175.48.1']],
    [
      'the same of IPv6',
      ['2001:1::1', '2001:3::1', '2001:20::1', '2001:1ff::1', '2620:4f:8000::1'],
    ],
    ['IPv4 in IPv6, in the old way', ['::7f00:1', '::8.8.8.8', '::808:808']],
    ['with a zone', ['fe80::1%eth0', '2606:4700::1%eth0']],
    ['unspecified', ['::']],
    ['IPv4 in IPv6', ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:0:7f00:1']],
    ['6to4', ['2002:7f00:1::', '2002:a00:1::1']],
    ['Teredo', ['2001::1', '2001:0:7f00:1::1']],
    ['NAT64', ['64:ff9b::7f00:1', '64:ff9b::a00:1', '64:ff9b:1::7f00:1']],
    ['no address', ['', 'localhost', 'example.com', '1.2.3.4.5', '[::1]']],
  ])(verifies(['A59'], 'what is %s is not: %j'), (_kind, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([])
  })
})

/** Why a fetch is refused. */
async function problemOf(url: string, internalHosts: readonly string[] = []): Promise<string> {
  try {
    await safeFetch(url, { largest: 100, timeoutMs: 2000, internalHosts })
    return 'none'
  } catch (error) {
    if (error instanceof FetchProblem) return error.message
    throw error
  }
}

describe('safeFetch', () => {
  test.each([
    'https://localhost/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://[4000::1]/',
    'https://[::7f00:1]/',
    'https://①②⑦.⓪.⓪.①/',
  ])(verifies(['A59'], '%s leads to no public address'), async (url) => {
    expect(await problemOf(url)).toMatch(/resolves to an address that is not public$/)
  })

  test(verifies(['A59'], 'a host is vouched for with its port only'), async () => {
    for (const hosts of [['localhost'], ['localhost:2'], ['127.0.0.1:1'], ['localhost:1.']]) {
      expect(await problemOf('https://localhost:1/', hosts)).toBe('has a port that is not 443')
    }
    for (const hosts of [['localhost:443'], ['localhost:1'], ['127.0.0.1']]) {
      expect(await problemOf('https://localhost/', hosts)).toMatch(/not public$/)
    }
    expect(await problemOf('https://localhost:1/', ['localhost:1'])).toMatch(/could not be fetched/)
  })

  test.each(['https://8.8.8.8:22/', 'https://8.8.8.8:8443/', 'https://10.0.0.1:8443/'])(
    verifies(['A59'], '%s has another port than 443'),
    async (url) => {
      expect(await problemOf(url)).toBe('has a port that is not 443')
    },
  )

  test(verifies(['A59'], 'a look-up keeps its place until it has ended'), async () => {
    const lookups = new Slots(1, 0)
    const limits = { largest: 100, timeoutMs: 2000, internalHosts: [], lookups }
    const both = ['https://localhost/1', 'https://localhost/2'].map((url) => safeFetch(url, limits))
    const [first, second] = await Promise.allSettled(both)
    expect(first).toMatchObject({ reason: { message: expect.stringMatching(/not public$/) } })
    expect(second).toMatchObject({ reason: expect.any(NoSlotError) })
    await expect(safeFetch('https://localhost/3', limits)).rejects.toThrow(/not public$/)
  })

  test(
    verifies(['A59'], 'other schemes are not fetched, and no name leads to nothing'),
    async () => {
      expect(await problemOf('http://8.8.8.8/')).toBe('is not https')
      expect(await problemOf('file:///etc/passwd')).toBe('is not https')
      expect(await problemOf('https://nowhere.invalid/')).toMatch(
        /cannot be resolved|took too long/,
      )
    },
  )
})
