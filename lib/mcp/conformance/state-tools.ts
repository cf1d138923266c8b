import {
  acceptedContent,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { EndpointParts } from '../additions'
import { type Asked, elicitation, nameQuestion, sampling } from './ask'
import { addTool, say } from './tool'

type Seal = EndpointParts['sealState']

/** What is remembered between a question and its answer. */
type State = { readonly name?: string }

const okQuestion = {
  key: 'confirm',
  message: 'Please confirm',
  schema: z.object({ ok: z.boolean() }),
}
const step1 = { ...nameQuestion, key: 'step1', message: 'Step 1: What is your name?' }
const step2 = {
  key: 'step2',
  message: 'Step 2: What is your favorite color?',
  schema: z.object({ color: z.string() }),
}

async function confirm(context: ServerContext, sealState: Seal): Promise<Asked> {
  const { inputResponses, requestState } = context.mcpReq
  const given = acceptedContent(inputResponses, okQuestion.key, okQuestion.schema)
  if (given && requestState<State>()) return say('state-ok')
  return inputRequired({
    inputRequests: { [okQuestion.key]: elicitation(okQuestion) },
    requestState: await sealState({}, context),
  })
}

async function askForThree(context: ServerContext, sealState: Seal): Promise<Asked> {
  const { inputResponses, requestState } = context.mcpReq
  const inputRequests = {
    [nameQuestion.key]: elicitation(nameQuestion),
    greeting: sampling('Generate a greeting', 50),
    client_roots: inputRequired.listRoots(),
  }
  const missing = Object.keys(inputRequests).filter(
    (key) => inputResponse(inputResponses, key).kind === 'missing',
  )
  if (missing.length === 0 && requestState<State>()) return say('All three were answered.')
  return inputRequired({ inputRequests, requestState: await sealState({}, context) })
}

async function askTwice(context: ServerContext, sealState: Seal): Promise<Asked> {
  const { inputResponses, requestState } = context.mcpReq
  const state = requestState<State>()
  const liked = acceptedContent(inputResponses, step2.key, step2.schema)
  if (state?.name && liked) return say(`${state.name} likes ${liked.color}.`)
  const given = state && acceptedContent(inputResponses, step1.key, step1.schema)
  const name = state?.name ?? given?.name
  const next = name ? step2 : step1
  return inputRequired({
    inputRequests: { [next.key]: elicitation(next) },
    requestState: await sealState({ name }, context),
  })
}

/** Tools that remember something between a question and its answer, in state that the client holds. */
export function addStateTools(server: McpServer, sealState: Seal): void {
  const prefix = 'test_input_required_result'
  for (const name of [`${prefix}_request_state`, `${prefix}_tampered_state`]) {
    addTool(server, name, 'Asks for confirmation.', (context) => confirm(context, sealState))
  }
  addTool(
    server,
    `${prefix}_multiple_inputs`,
    'Asks for a name, a greeting and the roots at once.',
    (context) => askForThree(context, sealState),
  )
  addTool(server, `${prefix}_multi_round`, 'Asks for a name, then for a color.', (context) =>
    askTwice(context, sealState),
  )
}
