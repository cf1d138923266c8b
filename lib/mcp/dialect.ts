type JsonSchema = Readonly<Record<string, unknown>>

/** What draft 7 of JSON Schema does not know, or reads as something else than 2020-12 does. */
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

/** By names alone: a property that is called like a keyword only costs it the plainer form. */
function isReadAlike(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return true
  const names = Array.isArray(node) ? [] : Object.keys(node)
  // draft 7 ignores all that stands beside a reference
  if (names.includes('$ref') && names.length > 1) return false
  return !names.some((name) => readDifferently.has(name)) && Object.values(node).every(isReadAlike)
}

/**
 * A schema of 2020-12 that does not name its dialect where every dialect reads the same in it. MCP has
 * none stand for 2020-12 (2025-11-25, "JSON Schema Usage"); clients from before that know draft 7 alone,
 * and leave a result unchecked, with a warning for each tool, where another is named.
 */
export function withoutDialect({ $schema, ...schema }: JsonSchema): Record<string, unknown> {
  return isReadAlike(schema) || $schema === undefined ? schema : { $schema, ...schema }
}
