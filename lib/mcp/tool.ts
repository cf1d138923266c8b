import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/server'
import type { z } from 'zod'
import type { Scope } from '@/lib/oauth/scope'
import type { Caller } from './caller'

/** What a tool is given besides its arguments. */
export type ToolContext = { readonly caller: Caller; readonly signal: AbortSignal }

/** A tool. `scope` cannot be left out: a tool without one could be called by anybody connected. */
export type Tool = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly scope: Scope
  readonly annotations: ToolAnnotations & { readonly readOnlyHint: boolean }
  readonly input: z.ZodObject
  readonly output: z.ZodObject
  readonly run: (input: unknown, context: ToolContext) => Promise<CallToolResult>
}

type ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> = Omit<
  Tool,
  'input' | 'output' | 'run'
> & {
  readonly input: Input
  readonly output: Output
  /** answers with data that fits `output` */
  readonly run: (input: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>
}

/** Hosted Claude takes a name of this form, prefix included, and drops the whole list for one other. */
const nameShape = /^[a-zA-Z0-9_-]{1,48}$/

/**
 * Defines a tool. Its answer is sent twice, as structured content and as text, since revisions
 * before 2025-06-18 read only text.
 *
 * @throws {TypeError} when the name is one that Claude refuses
 */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  if (!nameShape.test(definition.name)) {
    throw new TypeError(`tool name "${definition.name}" does not match ${nameShape}`)
  }
  return {
    ...definition,
    run: async (input, context) => {
      const answer = definition.output.parse(
        await definition.run(input as z.output<Input>, context),
      ) as Record<string, unknown>
      return {
        content: [{ type: 'text', text: JSON.stringify(answer, null, 2) }],
        structuredContent: answer,
      }
    },
  }
}
