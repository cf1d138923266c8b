import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { longestCallMs, mostCharacters } from '@/lib/mcp/limits'
import type { ProgressStep } from '@/lib/mcp/progress'
import { defineTool, type ToolContext } from '@/lib/mcp/tool'
import { ToolError } from '@/lib/mcp/tool-error'
import { verifies } from '../support/sources/verifies'

const context: ToolContext = {
  caller: {
    tokenId: 'at_A',
    grantId: 'grant_A',
    clientId: 'client_A',
    userId: 'user_A',
    scopes: ['claudeai'],
    expiresAt: new Date(0),
    resourceMetadataUrl: 'http://localhost:3000/.well-known/oauth-protected-resource/mcp',
  },
  signal: new AbortController().signal,
  progress: () => undefined,
}

const definition = {
  name: 'add',
  title: 'Add',
  description: 'Adds two numbers.',
  scope: 'claudeai' as const,
  annotations: { readOnlyHint: true },
  input: z.object({ a: z.number(), b: z.number() }),
  output: z.object({ sum: z.number() }),
  run: async ({ a, b }: { a: number; b: number }) => ({ sum: a + b }),
}

const call = (
  run: typeof definition.run | (() => Promise<{ sum: number }>),
  signal?: AbortSignal,
) =>
  defineTool({ ...definition, run }).run({ a: 1, b: 2 }, signal ? { ...context, signal } : context)

/** What an answer says in words. */
const textOf = ({ content }: Awaited<ReturnType<typeof call>>): string =>
  content.map((block) => ('text' in block ? block.text : '')).join()

const logged = vi.fn()
beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(logged)
})
afterAll(() => {
  vi.restoreAllMocks()
})

describe('defineTool', () => {
  test.each(['a', 'whoami', 'server_status', 'A-1', 'a'.repeat(40)])(
    verifies(['R11'], 'takes the name %s'),
    (name) => {
      expect(defineTool({ ...definition, name }).name).toBe(name)
    },
  )

  test.each(['', 'a b', 'a.b', 'a/b', 'é', 'a\n', 'a'.repeat(41)])(
    verifies(['R11'], 'refuses the name %j, for which Claude would drop every tool'),
    (name) => {
      expect(() => defineTool({ ...definition, name })).toThrow(TypeError)
    },
  )

  test('answers as structured content and as text', async () => {
    const answer = await defineTool(definition).run({ a: 1, b: 2 }, context)
    expect(answer).toEqual({
      content: [{ type: 'text', text: '{"sum":3}' }],
      structuredContent: { sum: 3 },
    })
  })

  test('sends nothing that the output schema does not name', async () => {
    const run = async () => ({ sum: 3, secret: 'x' })
    const answer = await defineTool({ ...definition, run }).run({ a: 1, b: 2 }, context)
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  test('fails rather than answer with what does not fit', async () => {
    const answer = await call(async () => ({ sum: Number.NaN }))
    expect(answer).toMatchObject({ isError: true })
    expect(answer).not.toHaveProperty('structuredContent')
  })

  test('gives the tool who calls', async () => {
    const run = async (_: unknown, { caller }: ToolContext) => ({ sum: caller.scopes.length })
    const answer = await defineTool({ ...definition, run }).run({ a: 1, b: 2 }, context)
    expect(answer.structuredContent).toEqual({ sum: 1 })
  })
})

describe('a tool that throws', () => {
  test('what it meant to tell is told as it is', async () => {
    const answer = await call(async () => {
      throw new ToolError('there is no such sum')
    })
    expect(answer).toEqual({
      content: [{ type: 'text', text: 'there is no such sum' }],
      isError: true,
    })
  })

  test('what it did not is logged, and never told', async () => {
    const fault = new Error('connect ECONNREFUSED db.internal:5432')
    const answer = await call(() => Promise.reject(fault))
    expect(answer.isError).toBe(true)
    expect(textOf(answer)).not.toContain('db.internal')
    const reference = /under (\w{8})$/.exec(textOf(answer))?.[1]
    const said = String(logged.mock.calls.at(-1))
    expect(said).toContain(String(reference))
    expect(said).toContain(fault.message)
  })

  test('before it is asynchronous, it is no different', async () => {
    const answer = await call(() => {
      throw new TypeError('secret')
    })
    expect(answer.isError).toBe(true)
    expect(textOf(answer)).not.toContain('secret')
  })
})

describe('the time limit', () => {
  test.each([0, -1, longestCallMs + 1, 240_000, Number.NaN])(
    'cannot be %d ms: Claude would have given up',
    (timeLimitMs) => {
      expect(() => defineTool({ ...definition, timeLimitMs })).toThrow(TypeError)
    },
  )

  test('stops a tool that listens, and says so', async () => {
    const seen: AbortSignal[] = []
    const run = (_: unknown, { signal }: ToolContext) => {
      seen.push(signal)
      return new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')))
      })
    }
    const answer = await defineTool({ ...definition, timeLimitMs: 5, run }).run({}, context)
    expect(textOf(answer)).toBe('"add" was stopped: it took longer than 0.005 s')
    expect(answer.isError).toBe(true)
    expect(seen[0]?.aborted).toBe(true)
  })

  test('answers without a tool that does not', async () => {
    const run = () => new Promise<never>(() => {})
    const answer = await defineTool({ ...definition, timeLimitMs: 5, run }).run({}, context)
    expect(textOf(answer)).toContain('took longer than')
  })
})

test('a tool is stopped when its client cancels, before and during', async () => {
  const cancelling = new AbortController()
  const run = vi.fn(
    (_: unknown, { signal }: ToolContext) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        cancelling.abort(new Error('no longer wanted'))
      }),
  )
  const tool = defineTool({ ...definition, run })
  for (let round = 0; round < 2; round += 1) {
    const answer = await tool.run({}, { ...context, signal: cancelling.signal })
    expect(textOf(answer)).toBe('"add" was cancelled')
  }
  expect(run).toHaveBeenCalledOnce()
})

describe('the size limit', () => {
  const text = z.object({ text: z.string() })
  const say = (words: string, input: z.ZodObject = z.object({ limit: z.int().optional() })) =>
    defineTool({ ...definition, input, output: text, run: async () => ({ text: words }) }).run(
      {},
      context,
    )

  test.each([
    ['letters', 'a'.repeat(74_800)],
    ['quotes, which take more room', '"'.repeat(24_900)],
    ['backslashes', '\\'.repeat(24_900)],
  ])('a result of %s below it is sent whole', async (_, words) => {
    const answer = await say(words)
    expect(answer.isError).toBeUndefined()
    // compared as a whole, a difference would be printed as a whole
    const whole = text.parse(answer.structuredContent).text === words
    expect(whole).toBe(true)
    expect(JSON.stringify(answer).length).toBeLessThanOrEqual(mostCharacters)
  })

  test.each([
    ['letters', 'a'.repeat(75_000)],
    ['quotes', '"'.repeat(25_000)],
  ])('a result of %s above it is an error that says how to narrow it', async (_, words) => {
    const answer = await say(words)
    expect(answer).toMatchObject({ isError: true })
    expect(answer).not.toHaveProperty('structuredContent')
    expect(textOf(answer)).toContain('narrow it with "limit"')
    expect(textOf(await say(words, z.object({})))).toContain('it cannot be narrowed')
  })
})

test('progress only grows, and ends with the answer', async () => {
  const told: ProgressStep[] = []
  let late: ToolContext['progress'] = () => undefined
  const run = async (_: unknown, { progress }: ToolContext) => {
    late = progress
    for (const step of [1, 2, 2, 1, Number.NaN, 3]) progress({ progress: step, total: 3 })
    return { sum: 0 }
  }
  const progress = (step: ProgressStep) => void told.push(step)
  await defineTool({ ...definition, run }).run({}, { ...context, progress })
  late({ progress: 4 })
  expect(told).toEqual([1, 2, 3].map((step) => ({ progress: step, total: 3 })))
})
