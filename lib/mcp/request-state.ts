import 'server-only'
import {
  createRequestStateCodec,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { keyFor } from '@/lib/config/secrets'
import { callerOf } from './caller'

/** How long a person may take to answer a tool's question, in seconds. */
const lifetime = 600

/**
 * State is valid only for its grant, its method and, where the revision has it in a header, the tool
 * or prompt it was made for.
 */
function boundTo(context: ServerContext): string {
  const { mcpReq, http } = context
  const name = http?.req?.headers.get('mcp-name') ?? ''
  return [callerOf(context).grantId, mcpReq.method, name].join('\0')
}

let codec: RequestStateCodec | undefined

function requestState(): RequestStateCodec {
  const key = keyFor('request-state')
  codec ??= createRequestStateCodec({ key, ttlSeconds: lifetime, bind: boundTo })
  return codec
}

/**
 * Seals what a tool must remember while the client asks a person, for `requestState` of an
 * input-required result (MCP 2026-07-28, "Multi Round-Trip Requests"). It is signed but not
 * encrypted, so it must hold no secret.
 */
export const sealState = (payload: unknown, context: ServerContext): Promise<string> =>
  requestState().mint(payload, context)

/**
 * Opens what {@link sealState} sealed; the tool reads it from `requestState()` of its context.
 *
 * @throws {Error} when the state was changed, has expired or was sealed for something else
 */
export const openState = (state: string, context: ServerContext): Promise<unknown> =>
  requestState().verify(state, context)
