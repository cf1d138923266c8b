/** A refusal below JSON-RPC: HTTP says no, and the body says it in the shape that clients read. */
export const rpcError = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status })
