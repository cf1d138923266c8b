import { fromJsonSchema, type McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { say, scopeChallenge } from './tool'

/** Keywords that a conversion from another kind of schema would lose (SEP-1613, SEP-2106). */
const contactSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
} as const

/** Tools whose input schemas say more than most. */
export function addSchemaTools(server: McpServer): void {
  server.registerTool(
    'json_schema_2020_12_tool',
    {
      description: 'Takes a contact; its schema uses the vocabulary of JSON Schema 2020-12.',
      inputSchema: fromJsonSchema(contactSchema),
      scopeChallenge,
    },
    () => say('The contact fits the schema.'),
  )
  server.registerTool(
    'test_x_mcp_header',
    {
      description: 'Takes a region, which a client repeats in the header Mcp-Param-Region.',
      inputSchema: z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) }),
      scopeChallenge,
    },
    ({ region }) => say(`The region is ${region}.`),
  )
}
