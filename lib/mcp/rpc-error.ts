/** A refusal below JSON-RPC: HTTP says no, and the body says it in the shape that clients read. */
export const rpcError = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status })

/** The one answer on which clients open another session (MCP 2025-11-25, "Session Management"). */
export const sessionNotFound = (): Response => rpcError(404, -32001, 'Session not found')
