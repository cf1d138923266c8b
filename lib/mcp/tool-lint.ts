/** A tool as `tools/list` shows it to a client. */
export type ListedTool = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
  readonly outputSchema: Readonly<Record<string, unknown>>
  readonly annotations: Readonly<Record<string, unknown>>
}

/** Anthropic's API requires this form, and refuses the whole list for one name that differs. */
const namePattern = /^[a-zA-Z0-9_-]+$/
/** 64 minus the prefix that clients add, such as `mcp__claude_ai_Portico__`. */
const longestName = 40
/** A tool with a larger schema is silently dropped at connect. */
const largestSchema = 16_384
/** Cowork keeps at most this many. */
const mostTools = 256
const unions = ['anyOf', 'oneOf', 'allOf'] as const

/** What is wrong with the name of a tool, or `null`. */
export function toolNameProblem(name: string): string | null {
  if (!namePattern.test(name)) return `its name does not match ${namePattern}`
  if (name.length <= longestName) return null
  return `its name has ${name.length} characters, ${longestName} leave room for a prefix`
}

function schemaProblems(member: string, schema: ListedTool['inputSchema']): string[] {
  const problems = schema.type === 'object' ? [] : [`its ${member} is no object at the root`]
  // Anthropic's API answers 400 to every request that carries such a tool
  const union = unions.find((word) => Object.hasOwn(schema, word))
  if (union) problems.push(`its ${member} has "${union}" at the root`)
  const bytes = new TextEncoder().encode(JSON.stringify(schema)).byteLength
  if (bytes > largestSchema) {
    problems.push(`its ${member} has ${bytes} bytes, more than ${largestSchema}`)
  }
  return [...problems, ...foreignRefs(schema).map((ref) => `its ${member} refers to "${ref}"`)]
}

/** MCP 2026-07-28: a `$ref` to another document is never followed. */
function foreignRefs(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' && !value.startsWith('#')
      ? [value]
      : foreignRefs(value),
  )
}

function toolProblems({ name, description, inputSchema, outputSchema }: ListedTool): string[] {
  const nameProblem = toolNameProblem(name)
  return [
    ...(nameProblem ? [nameProblem] : []),
    ...(description.trim() ? [] : ['it has no description']),
    ...schemaProblems('input schema', inputSchema),
    ...schemaProblems('output schema', outputSchema),
  ].map((problem) => `tool "${name}": ${problem}`)
}

/**
 * Why Claude would not accept a list of tools, one sentence each; empty when it would. No
 * specification has these limits: people ran into them (anthropics/claude-code #57813, #64113,
 * #77296, anthropics/claude-ai-mcp #587).
 */
export function lintTools(tools: readonly ListedTool[]): string[] {
  const names = tools.map(({ name }) => name)
  const repeated = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...(tools.length > mostTools ? [`${tools.length} tools, more than ${mostTools}`] : []),
    ...[...new Set(repeated)].map((name) => `tool "${name}": its name is there twice`),
    ...tools.flatMap(toolProblems),
  ]
}
