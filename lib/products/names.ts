/**
 * Display names of the known products and libraries. Their signs are in known.ts.
 */
export const productNames = {
  'claude-hosted': 'Claude',
  'claude-code': 'Claude Code',
  'claude-desktop': 'Claude Desktop',
  codex: 'Codex',
  chatgpt: 'ChatGPT',
  cursor: 'Cursor',
  windsurf: 'Windsurf',
  'github-copilot': 'GitHub Copilot',
  vscode: 'VS Code',
  mcpjam: 'MCPJam',
  inspector: 'MCP Inspector',
  'mcp-remote': 'mcp-remote',
  mcpc: 'mcpc',
  opencode: 'opencode',
  'gemini-cli': 'Gemini CLI',
  zed: 'Zed',
  goose: 'Goose',
  cline: 'Cline',
  'roo-code': 'Roo Code',
  'kilo-code': 'Kilo Code',
  continue: 'Continue',
  amp: 'Amp',
  crush: 'Crush',
  warp: 'Warp',
  antigravity: 'Antigravity',
  raycast: 'Raycast',
  librechat: 'LibreChat',
  'open-webui': 'Open WebUI',
  n8n: 'n8n',
  postman: 'Postman',
  'microsoft-copilot': 'Microsoft 365 Copilot',
  slack: 'Slack',
  mistral: 'Le Chat',
  'mcp-use': 'mcp-use',
  'ai-sdk': 'AI SDK',
  langchain: 'LangChain',
  mastra: 'Mastra',
  fastmcp: 'FastMCP',
  'python-sdk': 'MCP SDK for Python',
  'typescript-sdk': 'MCP SDK for TypeScript',
  'rust-sdk': 'MCP SDK for Rust',
} as const satisfies Readonly<Record<string, string>>

/** The id of a product or library. */
export type ProductId = keyof typeof productNames

/** All ids, in the order of the names. */
export const productIds = Object.keys(productNames) as readonly ProductId[]
