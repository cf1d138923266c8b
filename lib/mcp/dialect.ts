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
