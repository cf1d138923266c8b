import {
  type ElicitRequestFormParams,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import { type Asked, sample } from './ask'
import { allPrimitives, everyEnum, nameAndEmail } from './forms'
import { addTool, say, scopeChallenge } from './tool'

type Form = ElicitRequestFormParams['requestedSchema']

/** Shows a form, and answers with what became of it. */
function show({ mcpReq }: ServerContext, message: string, form: Form, heading: string): Asked {
  const view = inputResponse(mcpReq.inputResponses, 'form')
  if (view.kind !== 'elicit') {
    const request = inputRequired.elicit({ message, requestedSchema: form })
    return inputRequired({ inputRequests: { form: request } })
  }
  const { action, content = {} } = view
  return say(`${heading}: action=${action}, content=${JSON.stringify(content)}`)
}

/**
 * Tools that ask the client for something before they answer: in a session by a request of the
 * server's own, in the revision without sessions by an input-required result.
 */
export function addAskTools(server: McpServer): void {
  server.registerTool(
    'test_sampling',
    {
      description: "Asks the client's model.",
      inputSchema: z.object({ prompt: z.string() }),
      scopeChallenge,
    },
    ({ prompt }, context) => sample(context, 'prompt', prompt),
  )
  server.registerTool(
    'test_elicitation',
    {
      description: 'Asks the person for a name and an e-mail address.',
      inputSchema: z.object({ message: z.string() }),
      scopeChallenge,
    },
    ({ message }, context) => show(context, message, nameAndEmail, 'User response'),
  )
  addTool(server, 'test_elicitation_sep1034_defaults', 'Shows a form with defaults.', (context) =>
    show(context, 'Please review these values', allPrimitives, 'Elicitation completed'),
  )
  addTool(server, 'test_elicitation_sep1330_enums', 'Shows a form with choices.', (context) =>
    show(context, 'Please choose', everyEnum, 'Elicitation completed'),
  )
}
