import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { allOrNone, combine, defineSetting } from '@/lib/config/define'
import { readEnv } from '@/lib/config/env'
import type { Setting, Texts } from '@/lib/config/setting'
import { commaSeparated, wholeNumber } from '@/lib/config/texts'

const about = 'What it is.'
const port = defineSetting('A_PORT', wholeNumber(1, 9), { about })
const places = { usual: '4', vercel: '7', embedded: '2' }
const pool = defineSetting('A_POOL', wholeNumber(1, 9), { about, default: places })

const problemsOf = (setting: Setting, all: Texts) =>
  setting.safeParse(all).error?.issues.map(({ path, message }) => [path, message])

describe('a setting of one variable', () => {
  test('is null where it is not set, and has its type', () => {
    expect(port.parse({})).toBeNull()
    expect(port.parse({ A_PORT: '5' })).toBe(5)
    expectTypeOf<z.output<typeof port>>().toEqualTypeOf<number | null>()
    expectTypeOf<z.output<typeof pool>>().toEqualTypeOf<number>()
    expectTypeOf(readEnv({}).stopSeconds).toEqualTypeOf<number>()
  })

  test('has the default of where the server runs', () => {
    const DATABASE_URL = 'postgresql://db.example/portico'
    expect(pool.parse({})).toBe(2)
    expect(pool.parse({ DATABASE_URL })).toBe(4)
    expect(pool.parse({ DATABASE_URL, VERCEL: '1' })).toBe(7)
    expect(pool.parse({ VERCEL: '1', A_POOL: '9' })).toBe(9)
  })

  test('names its variable where it is wrong', () => {
    const problem = [['A_PORT'], 'must be a whole number from 1 to 9']
    for (const text of ['0', '10', '1.5', 'x']) {
      expect(problemsOf(port, { A_PORT: text })).toContainEqual(problem)
    }
  })

  test('says its bounds, also of what is made of the number', () => {
    const doubled = defineSetting(
      'A',
      wholeNumber(1, 9).transform((n) => 2 * n),
      { about },
    )
    const range = { min: 1, max: 9 }
    expect(port.variables).toEqual({ A_PORT: { about, range } })
    expect(doubled.variables).toEqual({ A: { about, range } })
  })
})

describe('settings that are read together', () => {
  const names = defineSetting('A_NAMES', commaSeparated(z.string()), { about, default: '' })

  test('make one, with an eye on the whole environment', () => {
    const both = combine({ port, names }, { value: (own, { HOST }) => ({ ...own, HOST }) })
    const read = both.parse({ A_PORT: '3', A_NAMES: 'a, b', HOST: 'c' })
    expect(read).toEqual({ port: 3, names: ['a', 'b'], HOST: 'c' })
    expect(problemsOf(both, { A_PORT: 'x' })?.map(([path]) => path)).toEqual([['A_PORT']])
  })

  test('are all there or none, but for one that has a default', () => {
    const id = defineSetting('AN_ID', z.string(), { about })
    const set = allOrNone({ id, port, names })
    expect(set.parse({ A_NAMES: 'a' })).toBeNull()
    expect(set.parse({ AN_ID: 'i', A_PORT: '3' })).toEqual({ id: 'i', port: 3, names: [] })
    const problem = [['AN_ID', 'A_PORT'], 'set both or neither']
    expect(problemsOf(set, { AN_ID: 'i' })).toEqual([problem])
    expectTypeOf<NonNullable<z.output<typeof set>>['port']>().toEqualTypeOf<number>()
  })
})

test('a row of the settings page is there where a setting has one', () => {
  const page = {
    group: 'Server',
    label: 'Port',
    off: 'None',
    format: (n: number | null) => (n === null ? null : String(n)),
  } as const
  const shown = defineSetting('A_PORT', wholeNumber(1, 9), { about, page })
  const row = { group: 'Server', label: 'Port', variables: ['A_PORT'] }
  expect(shown.row?.({ A_PORT: '3' })).toEqual({ ...row, isOn: true, value: '3' })
  expect(shown.row?.({})).toEqual({ ...row, isOn: false, value: 'None' })
  expect(port.row).toBeNull()
})
