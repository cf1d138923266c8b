/** What a client that is known by name needs when it is registered by hand. */
export type KnownClient = {
  readonly name: string
  /** where it takes answers, as it sends them */
  readonly redirectUris: readonly string[]
  /** whether it can keep a secret: its answers go to a server, not to a person's device */
  readonly confidential: boolean
}

/**
 * Clients that take an id, and perhaps a secret, that somebody typed in. Where several addresses
 * are listed the client uses one or another by its version; on loopback any port counts (RFC 8252
 * §7.3).
 */
export const knownClients = {
  claude: {
    name: 'Claude',
    redirectUris: [
      'https://claude.ai/api/mcp/auth_callback',
      'https://claude.com/api/mcp/auth_callback',
    ],
    confidential: true,
  },
  'claude-code': {
    name: 'Claude Code',
    redirectUris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    confidential: false,
  },
  chatgpt: {
    name: 'ChatGPT',
    redirectUris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    confidential: true,
  },
  cursor: {
    name: 'Cursor',
    redirectUris: [
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
      'cursor://anysphere.cursor-mcp/oauth/callback',
    ],
    confidential: false,
  },
  vscode: {
    name: 'Visual Studio Code',
    redirectUris: [
      'https://vscode.dev/redirect',
      'https://insiders.vscode.dev/redirect',
      'http://127.0.0.1:33418/',
      'http://127.0.0.1/',
    ],
    confidential: false,
  },
  inspector: {
    name: 'MCP Inspector',
    redirectUris: [
      'http://localhost:6274/oauth/callback',
      'http://localhost:6274/oauth/callback/debug',
    ],
    confidential: false,
  },
} as const satisfies Record<string, KnownClient>

/** The name of a client in an address, such as `claude-code`. */
export type KnownClientId = keyof typeof knownClients
