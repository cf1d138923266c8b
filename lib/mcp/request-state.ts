import 'server-only'
import {
  createRequestStateCodec,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { keyFor } from '@/lib/config/secrets'
import type { Caller } from './caller'

/** A person may take this long to answer what a tool asks, in seconds. */
const lifetime = 600

/**
 * State is good for the grant, the method and, where the revision puts it into a header, the tool or
 * prompt that it was made for, and for no other.
 */
function boundTo({ mcpReq, http }: ServerContext): string {
  const caller = http?.authInfo?.extra?.caller as Caller | undefined
  if (!caller) throw new TypeError('request state without a caller')
  return [caller.grantId, mcpReq.method, http?.req?.headers.get('mcp-name') ?? ''].join('\0')
}

let codec: RequestStateCodec | undefined

const requestState = (): RequestStateCodec => {
  codec ??= createRequestStateCodec({
    key: keyFor('request-state'),
    ttlSeconds: lifetime,
    bind: boundTo,
  })
  return codec
}

/**
 * Seals what a tool has to remember while the client asks a person, for `requestState` of an
 * input-required result (MCP 2026-07-28, "Multi Round-Trip Requests"). It is signed and not
 * encrypted, so that nothing secret belongs in it.
 */
export const sealState = (payload: unknown, context: ServerContext): Promise<string> =>
  requestState().mint(payload, context)

/**
 * What {@link sealState} was given, which a tool then reads from `requestState()` of its context.
 *
 * @throws {Error} when the state was changed, is too old or was sealed for something else
 */
export const openState = (state: string, context: ServerContext): Promise<unknown> =>
  requestState().verify(state, context)
