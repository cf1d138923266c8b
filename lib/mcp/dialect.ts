import type { z } from 'zod'

type JsonSchema = Readonly<Record<string, unknown>>

/** Keywords that draft 7 of JSON Schema does not have, or reads differently from 2020-12. */
const readDifferently = new Set([
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  '$vocabulary',
  'additionalItems',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'maxContains',
  'minContains',
  'prefixItems',
  'unevaluatedItems',
  'unevaluatedProperties',
])

/** Compares names only: a property named like a keyword just keeps its `$schema`. */
function isReadAlike(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return true
  const names = Array.isArray(node) ? [] : Object.keys(node)
  // draft 7 ignores everything beside a reference
  if (names.includes('$ref') && names.length > 1) return false
  return !names.some((name) => readDifferently.has(name)) && Object.values(node).every(isReadAlike)
}

/**
 * Removes `$schema` from a 2020-12 schema that every dialect reads the same. In MCP, no `$schema` means
 * 2020-12 (2025-11-25, "JSON Schema Usage"). Older clients know only draft 7: for any other dialect they
 * leave results unchecked and warn for each tool.
 */
export function withoutDialect({ $schema, ...schema }: JsonSchema): Record<string, unknown> {
  return isReadAlike(schema) || $schema === undefined ? schema : { $schema, ...schema }
}

const converted = new WeakMap<z.ZodObject, z.ZodObject>()

/**
 * A copy of the schema that caches its JSON Schema. A server is built for every request, and the SDK
 * would convert the called tool's schemas each time, which costs more than the call.
 */
export function convertOnce(schema: z.ZodObject): z.ZodObject {
  const before = converted.get(schema)
  if (before) return before
  const standard = schema['~standard']
  const kept = new Map<string, Record<string, unknown>>()
  const once =
    (io: 'input' | 'output'): typeof standard.jsonSchema.input =>
    (options) => {
      const key = `${io} ${options.target}`
      const json = kept.get(key) ?? withoutDialect(standard.jsonSchema[io](options))
      kept.set(key, json)
      return json
    }
  const jsonSchema = { input: once('input'), output: once('output') }
  const copy = Object.create(schema, { '~standard': { value: { ...standard, jsonSchema } } })
  converted.set(schema, copy)
  return copy
}
