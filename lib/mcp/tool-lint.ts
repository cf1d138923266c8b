/** A tool as `tools/list` shows it to a client. */
export type ListedTool = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
  readonly outputSchema: Readonly<Record<string, unknown>>
  readonly annotations: Readonly<Record<string, unknown>>
}

/** Anthropic's API takes this form, and refuses the whole list for one name of another. */
const namePattern = /^[a-zA-Z0-9_-]+$/
/** 64 less the prefix that clients put before it, such as `mcp__claude_ai_Portico__`. */
const longestName = 40
/** A larger schema is dropped at connect, and the tool with it, without a word. */
const largestSchema = 16_384
/** Cowork keeps no more than these. */
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
 * What Claude would not take of a list of tools, one sentence each; empty when it takes all. Its
 * limits are in no specification: they were found by those who met them (anthropics/claude-code
 * #57813, #64113, #77296, anthropics/claude-ai-mcp #587).
 */
export function lintTools(tools: readonly ListedTool[]): string[] {
  const names = tools.map(({ name }) => name)
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...(tools.length > mostTools ? [`${tools.length} tools, more than ${mostTools}`] : []),
    ...[...new Set(twice)].map((name) => `tool "${name}": its name is there twice`),
    ...tools.flatMap(toolProblems),
  ]
}
