import 'server-only'
import {
  type AuthInfo,
  type InitializeRequest,
  LATEST_PROTOCOL_VERSION,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server'
import { GroupWriter } from '@/lib/mcp/group-writer'
import type { Incoming, McpAnswer } from '@/lib/mcp/served'
import { hashSecret, newId, newSecret } from '@/lib/oauth/secret'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { logFailure } from '@/lib/store/database/availability'
import { deleteLeastUsed, insertSessions, type NewSession } from '@/lib/store/mcp/sessions'
import { rpcError } from '../rpc-error'
import { toolListHash } from '../tool-list'
import { dropLive, keep, wire } from './live'

/**
 * Hosted Claude opens a session for every call, and a client may open any number. Each grant keeps
 * its most recently used sessions; the rest is deleted after every `pruneEvery` that open here.
 */
const limits = { most: 1000, pruneEvery: 250 }
/** Grants counted at a time; a forgotten one starts again at zero. */
const mostCounted = 10_000

const opened = processWide('mcp-sessions-opened', () => new Map<string, number>())

/** Counts an opened session; every so often, deletes the least recently used ones of its grant. */
function countOpened(grantId: string): void {
  const count = (opened.get(grantId) ?? 0) + 1
  opened.delete(grantId)
  if (count < limits.pruneEvery) {
    if (opened.size >= mostCounted) opened.delete(opened.keys().next().value ?? '')
    opened.set(grantId, count)
    return
  }
  afterAnswer(() =>
    deleteLeastUsed(grantId, limits.most).catch((error) => logFailure('old sessions', error)),
  )
}

/** `initialize` is stored with its session; no client needs this much to list its capabilities. */
const longestOpening = 64 * 1024

const writer = processWide('mcp-new-sessions', () => new GroupWriter(insertSessions))

/** The revision the SDK will answer with (MCP lifecycle, "Version Negotiation"). */
const negotiated = (requested: string): string =>
  SUPPORTED_PROTOCOL_VERSIONS.includes(requested) ? requested : LATEST_PROTOCOL_VERSION

const newSession = (
  { facts, caller, at }: Incoming,
  body: InitializeRequest,
  idHash: string,
): NewSession => ({
  id: newId('ses_'),
  idHash,
  grantId: caller.grantId,
  protocolVersion: negotiated(body.params.protocolVersion),
  clientName: facts.clientName,
  clientVersion: facts.clientVersion,
  initialize: JSON.stringify(body),
  toolListHash: toolListHash(),
  startedAt: at,
})

/**
 * Answers `initialize`. Every instance knows the session before the client gets its id.
 *
 * @throws {Error} when it could not be stored
 */
export async function openMcpSession(
  incoming: Incoming,
  body: InitializeRequest,
  authInfo: AuthInfo,
): Promise<McpAnswer> {
  const rawId = newSecret('mcps_')
  const row = newSession(incoming, body, hashSecret(rawId))
  if (row.initialize.length > longestOpening) {
    return { response: rpcError(413, -32600, '"initialize" is larger than 64 KiB') }
  }
  // if this threw, the SDK would report a JSON parse error to the client
  let failure: unknown = null
  const session = await wire(row, rawId, () =>
    writer.add(row).catch((error) => {
      failure = error
    }),
  )
  session.store.requests.begin([(body as { id?: unknown }).id])
  const response = await session.transport.handleRequest(incoming.request, {
    authInfo,
    parsedBody: body,
  })
  if (failure !== null || !response.ok) dropLive(session)
  if (failure !== null) throw failure
  if (!response.ok) return { response }
  keep(session)
  countOpened(row.grantId)
  return { response, sessionId: row.id }
}
