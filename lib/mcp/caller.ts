import type { ServerContext } from '@modelcontextprotocol/server'

/** Who sends an MCP request: what the access token proved. */
export type McpCaller = {
  readonly tokenId: string
  readonly grantId: string
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date
  /** where a challenge for more scope points to, under the name the client requested */
  readonly resourceMetadataUrl: string
}

/** The caller, from where toAuthInfo put it. */
export function callerOf({ http }: ServerContext): McpCaller {
  const caller = http?.authInfo?.extra?.caller
  if (!caller) throw new TypeError('an MCP request reached a tool without a caller')
  return caller as McpCaller
}
