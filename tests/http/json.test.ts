import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeepJsonError, parseJson } from '@/lib/http/json'

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
    expect(() => parseJson(nested(65))).toThrow(DeepJsonError)
    expect(() => parseJson(nested(65, '{"a":', '}'))).toThrow(DeepJsonError)
    expect(() => parseJson('['.repeat(100_000))).toThrow(DeepJsonError)
  })

  test('counts no brackets of texts, and none that are closed', () => {
    const text = `"${'[{'.repeat(500)}"`
    expect(parseJson(text)).toBe('[{'.repeat(500))
    expect(parseJson(`["\\"${'['.repeat(500)}\\\\"]`)).toHaveLength(1)
    expect(parseJson(`[${'[],'.repeat(500)}[]]`)).toHaveLength(501)
  })

  test('a bracket behind an escaped quote is one of a text, one behind an escape that is over is not', () => {
    expect(() => parseJson(`["\\\\",${nested(64)}]`)).toThrow(DeepJsonError)
  })
})
