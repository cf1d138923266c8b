import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetAddress } from '@/lib/http/address'

describe('what a budget by address counts against', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002::ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(budgetAddress(address)).toBe(key)
  })

  test.each([
    [null],
    [''],
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.20.0.1'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['169.254.1.1'],
    ['160.79.104.10'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fd00::1'],
    ['ff02::1'],
    ['64:ff9b::cb00:7107'],
    ['::ffff:7f00:1'],
    ['4000::1'],
  ])('%s says nothing of who somebody is', (address) => {
    expect(budgetAddress(address)).toBeNull()
  })

  test('is one for every address of a /64, and another for the next', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((part) => part.toString(16))
    const host = fc.tuple(group, group, group, group).map((parts) => parts.join(':'))
    fc.assert(
      fc.property(host, host, (one, other) => {
        expect(budgetAddress(`2001:db8:a:b:${one}`)).toBe(budgetAddress(`2001:db8:a:b:${other}`))
        expect(budgetAddress(`2001:db8:a:b:${one}`)).not.toBe(budgetAddress(`2001:db8:a:c:${one}`))
      }),
    )
  })
})
