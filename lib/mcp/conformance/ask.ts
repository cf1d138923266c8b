import {
  acceptedContent,
  type CallToolResult,
  type InputRequest,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
  type StandardSchemaV1,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import { say } from './tool'

/** An answer, or the question that has to be answered first. */
export type Asked = CallToolResult | InputRequiredResult

type Question<Schema extends z.ZodObject> = {
  /** under which the answer comes back */
  readonly key: string
  readonly message: string
  readonly schema: Schema
}

/** The question that most of these tools ask. */
export const nameQuestion = {
  key: 'user_name',
  message: 'What is your name?',
  schema: z.object({ name: z.string() }),
}

/** The request that puts a question to the person. */
export const elicitation = ({ message, schema }: Question<z.ZodObject>): InputRequest =>
  inputRequired.elicit({ message, requestedSchema: schema })

/**
 * Asks the person until what they answered fits the schema; if they would not say, that is the
 * result.
 */
export function elicit<Schema extends z.ZodObject>(
  { mcpReq }: ServerContext,
  question: Question<Schema>,
  then: (given: StandardSchemaV1.InferOutput<Schema>) => Asked,
): Asked {
  const view = inputResponse(mcpReq.inputResponses, question.key)
  if (view.kind === 'elicit' && view.action !== 'accept') return say(`The answer: ${view.action}.`)
  const given = acceptedContent(mcpReq.inputResponses, question.key, question.schema)
  if (given) return then(given)
  return inputRequired({ inputRequests: { [question.key]: elicitation(question) } })
}

/** The request for what the client's model would say. @param maxTokens of its answer */
export const sampling = (prompt: string, maxTokens = 100): InputRequest =>
  inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text: prompt } }],
    maxTokens,
  })

/** Asks the client's model, and answers with what it said. */
export function sample({ mcpReq }: ServerContext, key: string, prompt: string): Asked {
  const view = inputResponse(mcpReq.inputResponses, key)
  if (view.kind !== 'sampling') {
    return inputRequired({ inputRequests: { [key]: sampling(prompt) } })
  }
  const said = [view.result.content]
    .flat()
    .flatMap((block) => (block.type === 'text' ? [block.text] : []))
  return say(`LLM response: ${said.join(' ')}`)
}
