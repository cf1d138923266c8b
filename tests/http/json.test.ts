import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExcessiveJsonError, parseJson } from '@/lib/http/json'

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth)

describe('parseJson', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test.each(['', '{', "{'a':1}", 'undefined', '[1,]'])('%j is none', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  })

  test('takes 64 levels and no more', () => {
    expect(parseJson(nested(64))).toBeInstanceOf(Array)
    expect(() => parseJson(nested(65))).toThrow(ExcessiveJsonError)
    expect(() => parseJson(nested(65, '{"a":', '}'))).toThrow(ExcessiveJsonError)
    expect(() => parseJson('['.repeat(100_000))).toThrow(ExcessiveJsonError)
  })

  test('takes 20,000 members of objects and no more; elements of lists are not counted', () => {
    const members = (count: number) =>
      `{${Array.from({ length: count }, (_, index) => `"${index}":":"`).join(',')}}`
    expect(Object.keys(parseJson(members(20_000)) as object)).toHaveLength(20_000)
    expect(() => parseJson(members(20_001))).toThrow(ExcessiveJsonError)
    expect(parseJson(`[${'1,'.repeat(100_000)}1]`)).toHaveLength(100_001)
  })

  test('counts no brackets of texts, and none that are closed', () => {
    const text = `"${'[{'.repeat(500)}"`
    expect(parseJson(text)).toBe('[{'.repeat(500))
    expect(parseJson(`["\\"${'['.repeat(500)}\\\\"]`)).toHaveLength(1)
    expect(parseJson(`[${'[],'.repeat(500)}[]]`)).toHaveLength(501)
  })

  test('a bracket behind an escaped quote is one of a text, one behind an escape that is over is not', () => {
    expect(() => parseJson(`["\\\\",${nested(64)}]`)).toThrow(ExcessiveJsonError)
  })
})
