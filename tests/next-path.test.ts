import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeNext } from '@/lib/auth/next-path'
import { anyText, textOf } from './support/sources/arbitraries'

describe('safeNext', () => {
  test.each([
    '/',
    '/admin',
    '/admin/log?name=token.issued&page=2',
    '/consent/int_AAAAAAAAAAAAAAAAAAAAAA',
    '/admin#section',
    '/a?next=https://evil.example/',
    '/a//b',
    '/@evil.example',
    '/%2F%2Fevil.example',
  ])('leads to %s', (next) => {
    expect(safeNext(next)).toBe(next)
  })

  test.each<[string | undefined]>([
    [undefined],
    [''],
    ['admin'],
    ['https://evil.example/'],
    ['//evil.example'],
    ['///evil.example'],
    ['/\\evil.example'],
    ['\\\\evil.example'],
    ['/a\\b'],
    ['/\t/evil.example'],
    ['/\n/evil.example'],
    ['/.//evil.example'],
    ['/a/..//evil.example'],
    ['/%2e//evil.example'],
    [' /admin'],
    ['/ admin'],
    ['/ünï'],
    ['javascript:alert(1)'],
    ['@evil.example'],
    ['?next=/admin'],
    ['#'],
  ])('leads to the dashboard instead of %j', (next) => {
    expect(safeNext(next)).toBe('/admin')
  })

  test('never leads to another origin, parsed once or printed and parsed again', () => {
    const own = 'https://portico.example.com'
    const next = textOf(
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '\t',
      '\n',
      'evil.example',
      ':',
      '@',
      '?',
      '#',
    )
    fc.assert(
      fc.property(fc.oneof(next, anyText), (text) => {
        const target = new URL(safeNext(text), `${own}/sign-in`)
        expect(target.origin).toBe(own)
        const printed = `${target.pathname}${target.search}${target.hash}`
        expect(new URL(printed, own).origin).toBe(own)
      }),
      { numRuns: 1000 },
    )
  })
})
