import { expect, test } from 'vitest'
import { takeSeats } from '@/lib/http/seats'

const of = (name: string, all = 100) => [
  { key: name, most: 2 },
  { key: 'all', most: all },
]

const taken = (result: ReturnType<typeof takeSeats>): (() => void) => {
  if (typeof result !== 'function') throw new Error(`none left of ${result.key}`)
  return result
}

test('each has as many as it may, and no more', () => {
  const [first] = [taken(takeSeats('a', of('one'))), taken(takeSeats('a', of('one')))]
  expect(takeSeats('a', of('one'))).toEqual({ key: 'one', most: 2 })
  taken(takeSeats('a', of('other')))
  first?.()
  taken(takeSeats('a', of('one')))
})

test('what is given back twice counts once', () => {
  const [first] = [taken(takeSeats('b', of('one'))), taken(takeSeats('b', of('one')))]
  first?.()
  first?.()
  taken(takeSeats('b', of('one')))
  expect(takeSeats('b', of('one'))).toMatchObject({ key: 'one' })
})

test('where one is full, none of the others is taken', () => {
  const both = [taken(takeSeats('c', of('one', 2))), taken(takeSeats('c', of('two', 2)))]
  for (let time = 0; time < 5; time += 1) {
    expect(takeSeats('c', of('three', 2))).toMatchObject({ key: 'all' })
  }
  for (const giveBack of both) giveBack()
  taken(takeSeats('c', of('three', 2)))
  taken(takeSeats('c', of('three', 2)))
})

test('kinds do not take from each other', () => {
  taken(takeSeats('d', of('one')))
  taken(takeSeats('d', of('one')))
  taken(takeSeats('e', of('one')))
})
