import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { withoutDialect } from '@/lib/mcp/dialect'
import { toListed, tools } from '@/lib/mcp/tool-list'

const made = (schema: z.ZodType) => withoutDialect(z.toJSONSchema(schema))
const address = z.object({ street: z.string() }).meta({ id: 'address' })

describe('the dialect of a schema', () => {
  test.each<[string, z.ZodType]>([
    ['an object', z.object({ name: z.string().optional(), kinds: z.array(z.enum(['a', 'b'])) })],
    ['a union', z.object({ one: z.union([z.string(), z.number()]).nullable() })],
    ['a reference alone', z.object({ home: address, work: address })],
  ])('goes unnamed where each reads the same: %s', (_, schema) => {
    expect(made(schema)).not.toHaveProperty('$schema')
  })

  test.each<[string, z.ZodType]>([
    ['a tuple', z.object({ place: z.tuple([z.number(), z.number()]) })],
    ['words beside a reference', z.object({ home: address.describe('where they live') })],
  ])('is named where they do not: %s', (_, schema) => {
    expect(made(schema)).toHaveProperty('$schema', expect.stringContaining('2020-12'))
  })

  test.each(tools)('of $name goes unnamed, for clients that know draft 7 alone', (tool) => {
    const { inputSchema, outputSchema } = toListed(tool)
    expect(inputSchema).not.toHaveProperty('$schema')
    expect(outputSchema).not.toHaveProperty('$schema')
  })
})
