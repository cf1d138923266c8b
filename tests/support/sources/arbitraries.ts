import fc from 'fast-check'

const utf16Unit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit))

/** Any text, including control characters and lone surrogates. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: utf16Unit }),
)

/** Text of these words and anything else, in any order. */
export const textOf = (...words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, anyText), { maxLength: 8 })
    .map((parts) => parts.join(''))

/** Any JSON, often an object with some of these members. */
export const jsonWith = (
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<unknown> => {
  const either = Object.entries(members).map(([name, usual]) => [
    name,
    fc.oneof({ weight: 4, arbitrary: usual }, fc.jsonValue({ maxDepth: 2 })),
  ])
  const model = fc.record(Object.fromEntries(either), { requiredKeys: [] })
  return fc.oneof({ weight: 4, arbitrary: model }, fc.jsonValue())
}
