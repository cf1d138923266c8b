import { describe, expect, test } from 'vitest'
import { type ListedTool, lintTools } from '@/lib/mcp/tool-lint'
import { verifies } from '../support/sources/verifies'

const fine: ListedTool = {
  name: 'whoami',
  title: 'Who am I?',
  description: 'Says who is connected.',
  inputSchema: { type: 'object', properties: {} },
  outputSchema: { type: 'object', properties: {} },
  annotations: { readOnlyHint: true },
}

/** An object schema of exactly so many bytes. */
function schemaOf(bytes: number): ListedTool['inputSchema'] {
  const empty = { type: 'object', description: '' }
  return { ...empty, description: 'x'.repeat(bytes - JSON.stringify(empty).length) }
}

describe('a tool that Claude takes', () => {
  test.each<[string, Partial<ListedTool>]>([
    ['as it should be', {}],
    ['with every kind of character in its name', { name: 'Get_a-2' }],
    ['with the longest name', { name: 'a'.repeat(40) }],
    ['with the largest schema', { inputSchema: schemaOf(16_384) }],
    [
      'with a union below the root',
      { inputSchema: { type: 'object', properties: { a: { anyOf: [] } } } },
    ],
    ['with a reference inside itself', { inputSchema: { type: 'object', $ref: '#/$defs/a' } }],
    [
      'with an argument called anyOf',
      { inputSchema: { type: 'object', properties: { anyOf: {} } } },
    ],
  ])(verifies(['R11', 'R12'], '%s'), (_, changes) => {
    expect(lintTools([{ ...fine, ...changes }])).toEqual([])
  })

  test('or 256 of them', () => {
    expect(
      lintTools(Array.from({ length: 256 }, (_, at) => ({ ...fine, name: `t${at}` }))),
    ).toEqual([])
  })
})

describe('a tool that Claude drops', () => {
  test.each<[string, Partial<ListedTool>, RegExp]>([
    ['a space in its name', { name: 'who am i' }, /does not match/],
    ['a dot in its name', { name: 'who.am.i' }, /does not match/],
    ['a letter that is not ASCII', { name: 'wér' }, /does not match/],
    ['a line break after its name', { name: 'whoami\n' }, /does not match/],
    ['no name', { name: '' }, /does not match/],
    ['a name with no room for a prefix', { name: 'a'.repeat(41) }, /41 characters/],
    ['no description', { description: ' ' }, /no description/],
    [
      'a schema one byte too large',
      { inputSchema: schemaOf(16_385) },
      /input schema has 16385 bytes/,
    ],
    [
      'a schema too large in bytes, not in characters',
      { inputSchema: { type: 'object', description: 'é'.repeat(9000) } },
      /input schema has 180\d\d bytes/,
    ],
    ['an array for arguments', { inputSchema: { type: 'array' } }, /input schema is no object/],
    ['no type at the root', { inputSchema: {} }, /input schema is no object/],
    [
      'a result that is no object',
      { outputSchema: { type: 'string' } },
      /output schema is no object/,
    ],
    ['anyOf at the root', { inputSchema: { type: 'object', anyOf: [] } }, /"anyOf" at the root/],
    ['oneOf at the root', { inputSchema: { type: 'object', oneOf: [] } }, /"oneOf" at the root/],
    ['allOf at the root', { outputSchema: { type: 'object', allOf: [] } }, /"allOf" at the root/],
    [
      'a reference to elsewhere',
      { inputSchema: { type: 'object', properties: { a: [{ $ref: 'https://x.example/s' }] } } },
      /refers to "https:\/\/x\.example\/s"/,
    ],
  ])(verifies(['R11', 'R12'], '%s'), (_, changes, problem) => {
    const problems = lintTools([{ ...fine, ...changes }])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
  })

  test(verifies(['R11'], 'a name that is there twice'), () => {
    expect(lintTools([fine, fine, { ...fine, name: 'other' }, fine])).toEqual([
      'tool "whoami": its name is there twice',
    ])
  })

  test('the 257th', () => {
    const many = Array.from({ length: 257 }, (_, at) => ({ ...fine, name: `t${at}` }))
    expect(lintTools(many)).toEqual(['257 tools, more than 256'])
  })
})
