import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrowScript } from '@/lib/cli/narrow.mjs'

/** A build's scripts mean the same when they are written without anything beyond Latin-1. */

const same = (script: string) => {
  const narrow = narrowScript(script)
  expect([...narrow].every((character) => character <= '\u00ff')).toBe(true)
  expect(JSON.stringify(runInNewContext(narrow))).toBe(JSON.stringify(runInNewContext(script)))
}

test('in strings, templates, expressions and names', () => {
  same('"… “quoted” – \\\\… 😀"')
  same(`\`\${1} … \\… \${"→"}\``)
  same('["a–b".match(/\\–/)[0], "😀".match(/^[😀]$/u)[0], "x…".match(/[^…]/)[0]]')
  same('const größe = "é", ŋ = 2; [größe, ŋ]')
})

test('in any string', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = JSON.stringify(text)
      expect(JSON.parse(narrowScript(json))).toBe(text)
    }),
  )
})
