/**
 * The published metadata documents of Claude's two clients. claude.ai challenges fetches from servers,
 * so that an honest fetch can fail for weeks: these are used until one succeeds.
 */
const documents: readonly Readonly<Record<string, unknown> & { client_id: string }>[] = [
  {
    client_id: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
    client_name: 'Claude',
    client_uri: 'https://claude.ai',
    redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  {
    client_id: 'https://claude.ai/oauth/claude-code-client-metadata',
    client_name: 'Claude Code',
    client_uri: 'https://claude.ai',
    redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
]

/** The pinned document of a client, or `null`. */
export const pinnedDocument = (clientId: string): Readonly<Record<string, unknown>> | null =>
  documents.find((document) => document.client_id === clientId) ?? null
