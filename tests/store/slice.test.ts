import { expect, it } from 'vitest'
import { memberOf, rowsOf } from '@/lib/store/slice'

const orders = { newest: 'desc', oldest: 'asc' }

it('knows the members of a table, and nothing that every object has', () => {
  expect(memberOf(orders, 'oldest')).toBe('asc')
  for (const name of ['constructor', '__proto__', 'toString', 'x', undefined]) {
    expect(memberOf(orders, name)).toBeUndefined()
  }
})

it('starts after the row that is named', () => {
  expect(rowsOf({ limit: 3, after: 'a' })).toEqual({ take: 3, cursor: { id: 'a' }, skip: 1 })
  expect(rowsOf({ limit: 3 })).toEqual({ take: 3 })
})
