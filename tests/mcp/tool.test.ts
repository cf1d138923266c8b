import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineTool, type ToolContext } from '@/lib/mcp/tool'
import { verifies } from '../support/verifies'

const context: ToolContext = {
  caller: {
    tokenId: 'at_A',
    grantId: 'grant_A',
    clientId: 'client_A',
    userId: 'user_A',
    scopes: ['claudeai'],
    expiresAt: new Date(0),
  },
  signal: new AbortController().signal,
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

describe('defineTool', () => {
  test.each(['a', 'whoami', 'server_status', 'A-1', 'a'.repeat(48)])(
    verifies(['R11'], 'takes the name %s'),
    (name) => {
      expect(defineTool({ ...definition, name }).name).toBe(name)
    },
  )

  test.each(['', 'a b', 'a.b', 'a/b', 'é', 'a\n', 'a'.repeat(49)])(
    verifies(['R11'], 'refuses the name %j, for which Claude would drop every tool'),
    (name) => {
      expect(() => defineTool({ ...definition, name })).toThrow(TypeError)
    },
  )

  test('answers as structured content and as text', async () => {
    const answer = await defineTool(definition).run({ a: 1, b: 2 }, context)
    expect(answer).toEqual({
      content: [{ type: 'text', text: '{\n  "sum": 3\n}' }],
      structuredContent: { sum: 3 },
    })
  })

  test('sends nothing that the output schema does not name', async () => {
    const run = async () => ({ sum: 3, secret: 'x' })
    const answer = await defineTool({ ...definition, run }).run({ a: 1, b: 2 }, context)
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  test('fails rather than answer with what does not fit', async () => {
    const run = async () => ({ sum: Number.NaN })
    await expect(defineTool({ ...definition, run }).run({ a: 1, b: 2 }, context)).rejects.toThrow()
  })

  test('gives the tool who calls', async () => {
    const run = async (_: unknown, { caller }: ToolContext) => ({ sum: caller.scopes.length })
    const answer = await defineTool({ ...definition, run }).run({ a: 1, b: 2 }, context)
    expect(answer.structuredContent).toEqual({ sum: 1 })
  })
})
