import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storable } from '@/lib/store/text'
import { anyText } from '../support/sources/arbitraries'

const isTaken = (value: unknown): boolean => !/\\u(0000|d[89a-f])/.test(JSON.stringify(value))

test('any text in any place becomes one that PostgreSQL takes', () => {
  const values = fc.letrec((tie) => ({
    value: fc.oneof(anyText, fc.integer(), fc.constant(null), tie('list'), tie('members')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    members: fc.dictionary(anyText, tie('value'), { maxKeys: 3 }),
  })).value
  fc.assert(
    fc.property(values, (value) => {
      expect(isTaken(storable(value))).toBe(true)
    }),
  )
})

test('what can be stored is left alone, and so is what is no text', () => {
  const good = { where: { id: 'x', at: new Date(0), bytes: Buffer.from('\0'), count: 1n } }
  expect(storable(good)).toBe(good)
  const { where } = storable({ where: { ...good.where, id: 'a\0b\ud800' } })
  expect(where).toEqual({ ...good.where, id: 'a\ufffdb\ufffd' })
  expect(where.bytes).toBe(good.where.bytes)
})
