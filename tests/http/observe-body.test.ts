import { expect, test } from 'vitest'
import { type Observed, observeBody } from '@/lib/http/observe-body'

/** What is seen of a body that goes by, and what arrives of it. */
async function passed(chunks: readonly string[]): Promise<Observed & { text: string }> {
  const encoder = new TextEncoder()
  const rest = [...chunks]
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = rest.shift()
      if (chunk === undefined) controller.close()
      else controller.enqueue(encoder.encode(chunk))
    },
  })
  const seen: Observed[] = []
  const response = observeBody(new Response(source), null, (observed) => seen.push(observed))
  const text = await response.text()
  expect(seen).toHaveLength(1)
  return { text, ...(seen[0] as Observed) }
}

const filling = (length: number) => 'x'.repeat(length)

test.each<[string, string[], string]>([
  ['short', ['{"result":', '{}}'], '{"result":{}}'],
  ['none', [], ''],
  ['as long as the sample', [filling(4000), filling(4192)], filling(8192)],
  ['longer', [`begin${filling(9000)}`, 'end'], `begin${filling(4091)}${filling(4093)}end`],
  ['in one piece', [`begin${filling(9000)}end`], `begin${filling(4091)}${filling(4093)}end`],
  [
    'in many pieces',
    ['begin', ...Array.from({ length: 3000 }, () => 'abc'), 'end'],
    `begin${'abc'.repeat(2728)}end`,
  ],
])(
  'a body that is %s is passed on, and its beginning and end are seen',
  async (_, chunks, sample) => {
    const { text, bytes, sample: seen } = await passed(chunks)
    expect(text).toBe(chunks.join(''))
    expect(bytes).toBe(text.length)
    expect(seen).toBe(sample)
  },
)

test('what is looked for is found beside characters of several bytes', async () => {
  const { text, bytes, sample } = await passed(['{"text":"größer 🎉', '","isError":true}'])
  expect(text).toBe('{"text":"größer 🎉","isError":true}')
  expect(bytes).toBe(new TextEncoder().encode(text).length)
  expect(sample).toMatch(/"isError":true\}$/)
  expect(sample).toHaveLength(bytes)
})
