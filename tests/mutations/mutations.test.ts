import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { requirements } from '../requirements'
import { withMutations } from './apply'
import { mutations, notMutated } from './list'
import { sampleOf } from './sample'
import { shippedSources } from './sources'

describe('the list', () => {
  test('applies to the code as it is, and what comes of it is code', async () => {
    const changed = withMutations(mutations, shippedSources())
    for (const { path, text } of changed) {
      const loader = path.endsWith('.tsx') ? 'tsx' : 'ts'
      await expect(transform(text, { loader }), path).resolves.toBeTruthy()
    }
    const names = mutations.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('takes every requirement away, but those that say why not', () => {
    const broken = new Set<string>(mutations.flatMap(({ breaks }) => breaks))
    expect(Object.keys(requirements).filter((id) => !broken.has(id))).toEqual(
      Object.keys(notMutated),
    )
  })
})

describe('a mutation', () => {
  const source = (text: string) => [{ path: 'lib/a.ts', text }]
  const mutation = { name: 'm', breaks: [], in: 'if (a) b()', of: 'a', to: 'false' } as const

  test('is an alternative that is off', () => {
    const [changed] = withMutations([mutation], source('if (a) b()\n'))
    expect(changed?.text).toBe(
      'if (Array.of(process.env.PORTICO_MUTATION === "m" ? (false) : (a))[0]) b()\n',
    )
  })

  test('may be inside of another', () => {
    const outer = { name: 'o', breaks: [], in: 'f(a, b)', to: 'c' } as const
    const inner = { name: 'i', breaks: [], in: 'f(a, b)', of: 'b', to: 'd' } as const
    const [changed] = withMutations([inner, outer], source('f(a, b)'))
    expect(changed?.text).toBe(
      'Array.of(process.env.PORTICO_MUTATION === "o" ? (c) : process.env.PORTICO_MUTATION === "i" ? (f(a, (d))) : (f(a, b)))[0]',
    )
  })

  test.each(['if (x) b()', 'if (a) b()\nif (a) b()'])('does not apply to %j', (text) => {
    expect(() => withMutations([mutation], source(text))).toThrow('"m"')
  })
})

test('a sample is that of its seed', () => {
  const all = mutations.map(({ name }) => name)
  expect(sampleOf(all, 20, 7)).toEqual(sampleOf(all, 20, 7))
  expect(sampleOf(all, 20, 7)).not.toEqual(sampleOf(all, 20, 8))
  expect(new Set(sampleOf(all, 20, 7)).size).toBe(20)
})
