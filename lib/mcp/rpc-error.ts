/** A refusal below JSON-RPC: an HTTP status, and an error body in the shape that clients read. */
export const rpcError = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status })

/** RFC 9110 §15.5.6. */
export function methodNotAllowed(allow: string, message = 'Method not allowed.'): Response {
  const response = rpcError(405, -32000, message)
  response.headers.set('Allow', allow)
  return response
}

/** The only answer on which clients open a new session (MCP 2025-11-25, "Session Management"). */
export const sessionNotFound = (): Response => rpcError(404, -32001, 'Session not found')
