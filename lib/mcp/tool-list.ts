import { createHash } from 'node:crypto'
import { z } from 'zod'
import { withoutDialect } from './dialect'
import type { Tool } from './tool'
import { type ListedTool, lintTools } from './tool-lint'

const files = import.meta.glob<Readonly<Record<string, Tool>>>('./tools/*.ts', { eager: true })

// as built, a module that imports a library which is not bundled is a promise here
const loaded = await Promise.all(Object.values(files))

/** The tools of this server, one per file of `tools/`, in listed order. */
export const tools: readonly Tool[] = loaded
  .flatMap((file) => Object.values(file))
  .sort((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1))

const schemaOf = (schema: z.ZodObject, io: 'input' | 'output'): ListedTool['inputSchema'] =>
  withoutDialect(z.toJSONSchema(schema, { io }))

/** A tool as `tools/list` shows it. */
export const toListed = ({ input, output, ...tool }: Tool): ListedTool => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  inputSchema: schemaOf(input, 'input'),
  outputSchema: schemaOf(output, 'output'),
  annotations: { title: tool.title, ...tool.annotations },
})

const listed = tools.map(toListed)

// thrown at module load, and so by the build: a list that Claude drops is never shipped
const problems = lintTools(listed)
if (problems.length > 0) throw new TypeError(`Claude would not take:\n${problems.join('\n')}`)

const hash = createHash('sha256').update(JSON.stringify(listed)).digest('base64url')

/**
 * SHA-256 of the listed tools, base64url: the same in every process of a release; different when
 * clients should read the list again.
 */
export const toolListHash = (): string => hash
