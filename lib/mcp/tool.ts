import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/server'
import type { z } from 'zod'
import type { Scope } from '@/lib/oauth/scope'
import type { McpCaller } from './caller'
import { defaultCallMs, fitsResult, longestCallMs, mostCharacters } from './limits'
import { monotonic, type ReportProgress } from './progress'
import { withinTime } from './time-limit'
import { failedResult, resultOfThrown } from './tool-error'
import { toolNameProblem } from './tool-lint'
import { describeUntrusted, untrustedNotice } from './untrusted'

/** What a tool receives besides its arguments. */
export type ToolContext = {
  readonly caller: McpCaller
  /** aborts when the client cancels or disconnects, and when the time is up */
  readonly signal: AbortSignal
  readonly progress: ReportProgress
}

/** A tool. `scope` is required: without one, every connected client could call it. */
export type Tool = {
  readonly name: string
  readonly title: string
  readonly description: string
  /** where in the list; tools without a place come last, by name */
  readonly place: number
  readonly scope: Scope
  readonly annotations: ToolAnnotations & { readonly readOnlyHint: boolean }
  readonly input: z.ZodObject
  readonly output: z.ZodObject
  /** never rejects: a failure is a result with `isError` */
  readonly run: (input: unknown, context: ToolContext) => Promise<CallToolResult>
}

type ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> = Omit<
  Tool,
  'input' | 'output' | 'place' | 'run'
> & {
  readonly place?: number
  readonly input: Input
  readonly output: Output
  /** its result has texts of strangers, under members named `untrusted`; its description says so */
  readonly untrusted?: true
  /** time limit of a call, in milliseconds; default one minute */
  readonly timeLimitMs?: number
  /** returns data that fits `output`; throws {@link ToolError} with what the caller should know */
  readonly run: (input: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>
}

function checkDefinition(name: string, timeLimitMs: number): void {
  const problem = toolNameProblem(name)
  if (problem) throw new TypeError(`tool "${name}": ${problem}`)
  if (!(timeLimitMs > 0 && timeLimitMs <= longestCallMs)) {
    throw new TypeError(`tool "${name}": its time limit is not between 1 and ${longestCallMs} ms`)
  }
}

/** Data is sent twice, since revisions before 2025-06-18 read only text. */
const resultOf = (
  data: Record<string, unknown>,
  text: string,
  notice: string | null,
): CallToolResult => ({
  content: [
    ...(notice === null ? [] : [{ type: 'text' as const, text: notice }]),
    { type: 'text', text },
  ],
  structuredContent: data,
})

function tooLarge(name: string, input: z.ZodObject): CallToolResult {
  const names = Object.keys(input.shape).map((argument) => `"${argument}"`)
  const advice = names.length > 0 ? `narrow it with ${names.join(', ')}` : 'it cannot be narrowed'
  return failedResult(
    `the result of "${name}" has more than ${mostCharacters} characters, which no client takes; ${advice}`,
  )
}

/**
 * Defines a tool whose result is checked against `output`, ends in time and is small enough for hosted
 * Claude; otherwise the result is an error that says so.
 *
 * @throws {TypeError} when Claude refuses the name, or the time limit is above Claude's
 */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, input, output, run, untrusted, ...others } = definition
  const { place = Number.POSITIVE_INFINITY, timeLimitMs = defaultCallMs } = definition
  const notice = untrusted ? untrustedNotice : null
  const description = untrusted ? describeUntrusted(others.description) : others.description
  checkDefinition(name, timeLimitMs)

  async function answer(args: unknown, context: ToolContext): Promise<CallToolResult> {
    const progress = monotonic(context.progress)
    const ended = await withinTime(timeLimitMs, context.signal, (signal) =>
      run(args as z.output<Input>, { ...context, signal, progress: progress.report }),
    ).finally(progress.end)
    if ('interrupted' in ended) {
      return failedResult(
        ended.interrupted === 'cancelled'
          ? `"${name}" was cancelled`
          : `"${name}" was stopped: it took longer than ${timeLimitMs / 1000} s`,
      )
    }
    const data = output.parse(ended.done) as Record<string, unknown>
    const text = JSON.stringify(data)
    return fitsResult(text) ? resultOf(data, text, notice) : tooLarge(name, input)
  }

  return {
    ...others,
    description,
    place,
    name,
    input,
    output,
    run: (args, context) => answer(args, context).catch((error) => resultOfThrown(name, error)),
  }
}
