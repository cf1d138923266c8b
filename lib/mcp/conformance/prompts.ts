import {
  acceptedContent,
  type ContentBlock,
  completable,
  type GetPromptResult,
  inputRequired,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import { embedded, image, text } from './content'
import { scopeChallenge } from './tool'

const messages = (...contents: ContentBlock[]): GetPromptResult => ({
  messages: contents.map((content) => ({ role: 'user', content })),
})

const cities = ['paris', 'park', 'party', 'test', 'testing']

const twoArguments = z.object({
  arg1: completable(z.string().describe('First argument'), (typed) =>
    cities.filter((city) => city.startsWith(typed)),
  ),
  arg2: z.string().describe('Second argument'),
})

const contextSchema = z.object({ context: z.string() })

function askForContext({ mcpReq }: ServerContext) {
  const given = acceptedContent(mcpReq.inputResponses, 'user_context', contextSchema)
  if (given) return messages(text(`Use this context: ${given.context}`))
  const message = 'What context should the prompt use?'
  const user_context = inputRequired.elicit({ message, requestedSchema: contextSchema })
  return inputRequired({ inputRequests: { user_context } })
}

/** Prompts with and without arguments, with each kind of content, and one that asks first. */
export function addPrompts(server: McpServer): void {
  server.registerPrompt(
    'test_simple_prompt',
    { description: 'A prompt without arguments.', scopeChallenge },
    () => messages(text('This is a simple prompt for testing.')),
  )
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'A prompt with two arguments.', argsSchema: twoArguments, scopeChallenge },
    ({ arg1, arg2 }) => messages(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  )
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    {
      description: 'A prompt with a resource inside.',
      argsSchema: z.object({ resourceUri: z.string().describe('URI of the resource') }),
      scopeChallenge,
    },
    ({ resourceUri }) =>
      messages(
        embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'),
        text('Please process the embedded resource above.'),
      ),
  )
  server.registerPrompt(
    'test_prompt_with_image',
    { description: 'A prompt with an image inside.', scopeChallenge },
    () => messages(image, text('Please analyze the image above.')),
  )
  server.registerPrompt(
    'test_input_required_result_prompt',
    { description: 'A prompt that asks the person for its context.', scopeChallenge },
    askForContext,
  )
}
