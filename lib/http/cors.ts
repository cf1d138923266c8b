/** What browser-based clients may send and read. */
const allowedHeaders =
  'Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name, Last-Event-ID'
const exposedHeaders = 'WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After'

/**
 * CORS headers for endpoints that browser-based clients call (OAuth 2.1 §3.1, §3.2). They read no
 * cookies, so any origin may see the answer.
 */
export const corsHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposedHeaders,
}

/** Additional headers of a preflight's answer. */
export const preflightHeaders = (methods: readonly string[]): Record<string, string> => ({
  'Access-Control-Allow-Methods': methods.join(', '),
  'Access-Control-Allow-Headers': allowedHeaders,
  'Access-Control-Max-Age': '600',
})
