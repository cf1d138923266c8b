/**
 * Where products take answers, as they publish or send it: the whole address, since other paths of
 * the same host may send a browser on to anywhere. `vscode.dev/redirect` does so by design, and is
 * not here.
 */
const callbacks = new Set([
  // Claude documentation, "Building custom connectors"
  'https://claude.ai/api/mcp/auth_callback',
  'https://claude.com/api/mcp/auth_callback',
  // developers.openai.com, "Authentication"
  'https://chatgpt.com/connector_platform_oauth_redirect',
  // docs.cursor.com, "MCP"
  'https://www.cursor.com/agents/mcp/oauth/callback',
])

/** ChatGPT has one for each connector. */
const chatgptConnector = /^https:\/\/chatgpt\.com\/connector\/oauth\/[\w-]{1,64}$/

/** Whether an answer goes to a well-known product, whoever asks in its name. */
export const isKnownCallback = (redirectUri: string): boolean =>
  callbacks.has(redirectUri) || chatgptConnector.test(redirectUri)
