/** A refusal below JSON-RPC: an HTTP status, and an error body in the shape that clients read. */
export const rpcError = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status })

/** The only answer on which clients open a new session (MCP 2025-11-25, "Session Management"). */
export const sessionNotFound = (): Response => rpcError(404, -32001, 'Session not found')
