import {
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { type Asked, elicit, elicitation, nameQuestion, sample, sampling } from './ask'
import { addTool, say } from './tool'

const capital = 'What is the capital of France?'

const greet = (context: ServerContext): Asked =>
  elicit(context, nameQuestion, ({ name }) => say(`Hello, ${name}!`))

const askForCapital = (context: ServerContext): Asked =>
  sample(context, 'capital_question', capital)

function countRoots({ mcpReq }: ServerContext): Asked {
  const view = inputResponse(mcpReq.inputResponses, 'client_roots')
  if (view.kind === 'roots') return say(`Roots: ${view.roots.map(({ uri }) => uri).join(', ')}`)
  return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } })
}

/** Asks only what this client said it can answer. */
function askWhatIsDeclared(server: McpServer, { mcpReq }: ServerContext): Asked {
  const answered = Object.keys(mcpReq.inputResponses ?? {})
  if (answered.length > 0) return say(`Answered: ${answered.join(', ')}`)
  const declared = server.server.getClientCapabilities()
  const inputRequests = {
    ...(declared?.elicitation ? { user_name: elicitation(nameQuestion) } : {}),
    ...(declared?.sampling ? { capital_question: sampling(capital) } : {}),
  }
  if (Object.keys(inputRequests).length === 0) return say('This client can be asked nothing.')
  return inputRequired({ inputRequests })
}

/** Tools whose first answer is a question, and that remember nothing in between. */
export function addInputTools(server: McpServer): void {
  const prefix = 'test_input_required_result'
  for (const name of [`${prefix}_elicitation`, 'test_streaming_elicitation']) {
    addTool(server, name, 'Asks for a name, then greets.', greet)
  }
  // where a client declares no sampling, the SDK refuses the question with -32021
  for (const name of [`${prefix}_sampling`, 'test_missing_capability']) {
    addTool(server, name, "Asks the client's model.", askForCapital)
  }
  addTool(server, `${prefix}_list_roots`, 'Asks the client for its roots.', countRoots)
  addTool(server, `${prefix}_capabilities`, 'Asks what the client can answer.', (context) =>
    askWhatIsDeclared(server, context),
  )
}
