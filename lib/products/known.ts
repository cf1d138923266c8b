import type { ProductId } from './names'

/** A lowercase pattern for a sign: `*` at the start or end matches any text. */
type Pattern = string

/**
 * A known product and its signs. All signs are claims: anyone can send a user agent or a name. Only a
 * metadata document and a redirect URI on the product's own host are hard to fake.
 */
export type Product = {
  readonly id: ProductId
  /** products are built with it; a product that another sign names takes precedence */
  readonly isLibrary: boolean
  /** the name of its requests in the log, if it differs from the product's name */
  readonly agentName?: string
  /** user agents */
  readonly agents?: readonly Pattern[]
  /** URLs of its metadata documents (CIMD §3) */
  readonly documents?: readonly Pattern[]
  /** its own hosts for redirect URIs */
  readonly hosts?: readonly string[]
  /** its own schemes for redirect URIs, with the colon (RFC 8252 §7.1) */
  readonly schemes?: readonly string[]
  /** full redirect URIs, as it publishes or sends them */
  readonly callbacks?: readonly string[]
  /** redirect URIs that vary, for example by connector */
  readonly callbackPattern?: RegExp
  /** `client_name` at registration (RFC 7591 §2) */
  readonly names?: readonly Pattern[]
  /** `software_id` at registration (RFC 7591 §2) */
  readonly softwareIds?: readonly string[]
  /** `clientInfo.name` of its MCP requests */
  readonly clientInfo?: readonly Pattern[]
  /** it runs in its vendor's cloud; a self-chosen name never identifies it */
  readonly cloud?: 'anthropic' | 'openai'
  /**
   * behind a shared address, its registrations and interactions count separately; see the rates in
   * lib/endpoints/throttles.ts before giving another product a share
   */
  readonly ownShare?: true
  /**
   * It has a login command that exits after getting a token; the first MCP call comes with later use.
   * `unasked`: that command sends the endpoint no request first, which a sign-in that continues does.
   */
  readonly loginEnds?: 'always' | 'unasked'
  /** part of its user agent when it runs with nobody to sign in: it probes, then continues without us */
  readonly unattended?: string
  /** other log names of its requests: those sent with its runtime's user agent */
  readonly alsoCalled?: readonly string[]
  /** for a few releases it registered `localhost` and sent `127.0.0.1` */
  readonly mixesLoopback?: true
  /** where the signs were seen */
  readonly source: string
}

type Entry = Omit<Product, 'id' | 'isLibrary'> & Partial<Pick<Product, 'isLibrary'>>

/** A list of clientInfo names that its maintainers collect from the clients. */
const collected = 'apify/mcp-client-capabilities 0.0.14'

/**
 * All known products; if two match a sign, the first wins. Signs come from the packages, from captured
 * requests, or from `source`.
 */
const products: Readonly<Record<ProductId, Entry>> = {
  'claude-code': {
    agents: ['*claude-code/*'],
    documents: [
      'https://claude.ai/oauth/claude-code-client-metadata',
      'https://claude.com/oauth/claude-code-client-metadata',
    ],
    names: ['claude code', 'claude code *'],
    clientInfo: ['claude-code'],
    mixesLoopback: true,
    loginEnds: 'unasked',
    unattended: '(sdk-cli)',
    alsoCalled: ['Bun'],
    source: '@anthropic-ai/claude-code 2.1.332; anthropics/claude-code#82096',
  },
  'claude-hosted': {
    agentName: 'Claude (hosted)',
    agents: ['*claude-user*'],
    documents: [
      'https://claude.ai/oauth/mcp-oauth-client-metadata',
      'https://claude.com/oauth/mcp-oauth-client-metadata',
    ],
    hosts: ['claude.ai', 'claude.com'],
    callbacks: [
      'https://claude.ai/api/mcp/auth_callback',
      'https://claude.com/api/mcp/auth_callback',
    ],
    cloud: 'anthropic',
    ownShare: true,
    source: 'Claude documentation, "Building custom connectors"',
  },
  'mcp-remote': {
    agents: ['*mcp-remote*'],
    names: ['mcp cli proxy', 'mcp cli client', 'mcp-remote*'],
    softwareIds: ['2e6dc280-f3c3-4e01-99a7-8181dbd1d23d'],
    // takes precedence over the client behind it: "claude-ai (via mcp-remote 0.15.1)"
    clientInfo: ['*via mcp-remote*', 'mcp-remote*'],
    source: 'mcp-remote 0.15.1',
  },
  'claude-desktop': {
    agents: ['claude/*', '* claude/*'],
    clientInfo: ['claude-ai', 'claude-desktop'],
    source: collected,
  },
  codex: {
    agents: ['*codex*'],
    documents: ['https://chatgpt.com/oauth/codex/*'],
    names: ['codex', 'codex cli'],
    clientInfo: ['codex-mcp-client', 'codex'],
    loginEnds: 'always',
    source: '@openai/codex 0.171.0; openai/codex#22531',
  },
  chatgpt: {
    agents: ['*openai-mcp*', '*chatgpt*'],
    documents: ['https://chatgpt.com/*'],
    hosts: ['chatgpt.com'],
    callbacks: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    // one for each connector
    callbackPattern: /^https:\/\/chatgpt\.com\/connector\/oauth\/[\w-]{1,64}$/,
    cloud: 'openai',
    ownShare: true,
    source: 'developers.openai.com, "Authentication"',
  },
  cursor: {
    agents: ['*cursor*'],
    hosts: ['cursor.com', 'www.cursor.com'],
    schemes: ['cursor:'],
    callbacks: ['https://www.cursor.com/agents/mcp/oauth/callback'],
    names: ['cursor'],
    clientInfo: ['cursor', 'cursor-vscode'],
    ownShare: true,
    source: `docs.cursor.com, "MCP"; ${collected}`,
  },
  windsurf: {
    agents: ['*windsurf*'],
    schemes: ['windsurf:'],
    names: ['windsurf*'],
    clientInfo: ['windsurf', 'windsurf-client'],
    source: collected,
  },
  'github-copilot': {
    agents: ['githubcopilot*', 'copilot/*'],
    names: ['github copilot*'],
    clientInfo: ['github-copilot*', 'jetbrains-*', 'xcode-copilot*'],
    source: collected,
  },
  vscode: {
    agents: ['*visual studio code*', '*vscode*'],
    documents: ['https://vscode.dev/*'],
    hosts: ['vscode.dev', 'insiders.vscode.dev'],
    schemes: ['vscode:', 'vscode-insiders:'],
    names: ['visual studio code*'],
    clientInfo: ['visual studio code*', 'visual-studio-code*'],
    ownShare: true,
    source: `code.visualstudio.com; ${collected}`,
  },
  mcpjam: {
    agents: ['mcpjam*', 'mcp-inspector/1.0'],
    documents: ['https://www.mcpjam.com/*'],
    schemes: ['mcpjam:'],
    names: ['mcpjam*', 'mcp inspector debug client'],
    clientInfo: ['mcpjam*'],
    source: '@mcpjam/inspector 1.0.24, @mcpjam/sdk 1.14.0',
  },
  inspector: {
    agents: ['*inspector*'],
    names: ['mcp inspector'],
    clientInfo: ['mcp-inspector', 'inspector-client', 'inspector-cli', 'mcp inspector'],
    source: '@modelcontextprotocol/inspector 0.15.0',
  },
  mcpc: {
    agents: ['mcpc/*'],
    names: ['mcpc'],
    clientInfo: ['mcpc'],
    loginEnds: 'always',
    source: '@apify/mcpc 0.2.6',
  },
  opencode: {
    agents: ['opencode/*'],
    documents: ['https://opencode.ai/oauth/*'],
    names: ['opencode'],
    clientInfo: ['opencode'],
    source: 'opencode-ai 1.18.34; anomalyco/opencode#47737',
  },
  'gemini-cli': {
    agents: ['*gemini*'],
    names: ['gemini cli*'],
    clientInfo: ['gemini-cli*'],
    source: '@google/gemini-cli-core 0.61.0',
  },
  zed: {
    agents: ['zed', 'zed/*'],
    documents: ['https://zed.dev/oauth/*'],
    names: ['zed'],
    clientInfo: ['zed'],
    source: `zed.dev, client metadata document; ${collected}`,
  },
  goose: {
    agents: ['*goose*'],
    documents: ['https://goose-docs.ai/oauth/*'],
    names: ['goose'],
    clientInfo: ['goose', 'goose-*'],
    source: `goose-docs.ai, client metadata document; ${collected}`,
  },
  cline: {
    agents: ['cline/*'],
    names: ['cline'],
    softwareIds: ['cline'],
    clientInfo: ['cline'],
    source: `cline/cline#9116; ${collected}`,
  },
  'roo-code': { names: ['roo code'], clientInfo: ['roo-code'], source: collected },
  'kilo-code': { names: ['kilo code'], clientInfo: ['kilo-code'], source: collected },
  continue: {
    names: ['continue'],
    clientInfo: ['continue-client', 'continue-cli-client'],
    source: collected,
  },
  amp: { names: ['amp'], clientInfo: ['amp-mcp-client'], source: collected },
  crush: {
    agents: ['crush/*'],
    names: ['crush'],
    clientInfo: ['crush'],
    source: `charmbracelet/crush#3406; ${collected}`,
  },
  warp: {
    schemes: ['warp:'],
    names: ['warp'],
    clientInfo: ['warp'],
    source: 'warpdotdev/warp#9088',
  },
  antigravity: {
    names: ['antigravity*', 'google antigravity'],
    clientInfo: ['antigravity-client'],
    source: collected,
  },
  raycast: {
    agents: ['raycast/*'],
    hosts: ['raycast.com', 'www.raycast.com'],
    names: ['raycast*'],
    clientInfo: ['com.raycast.*'],
    source: 'appwrite/mcp#77; developers.raycast.com, "OAuth"',
  },
  librechat: {
    agents: ['librechat*'],
    names: ['librechat*'],
    clientInfo: ['@librechat/*'],
    source: collected,
  },
  'open-webui': {
    agents: ['open webui*', 'open-webui*'],
    names: ['open webui*'],
    clientInfo: ['open webui*', 'open-webui*'],
    source: 'open-webui/open-webui, backend/open_webui/utils/oauth.py',
  },
  n8n: { agents: ['n8n*'], names: ['n8n'], clientInfo: ['@n8n/*'], source: collected },
  postman: {
    agents: ['postmanruntime/*', 'postman*'],
    hosts: ['oauth.pstmn.io'],
    names: ['postman*'],
    clientInfo: ['postman*'],
    source: `learning.postman.com, "OAuth 2.0"; ${collected}`,
  },
  'microsoft-copilot': {
    hosts: ['teams.microsoft.com'],
    source: 'learn.microsoft.com, "Configure authentication for plugins"',
  },
  slack: { documents: ['https://slack.com/*'], source: 'slack.com, client metadata document' },
  mistral: { clientInfo: ['mistral'], source: collected },
  'mcp-use': {
    isLibrary: true,
    agents: ['mcp-use/*'],
    names: ['mcp-use*'],
    clientInfo: ['mcp-use*'],
    source: 'mcp-use 1.34.6',
  },
  'ai-sdk': {
    isLibrary: true,
    agents: ['*ai-sdk/*'],
    names: ['ai sdk*', 'ai-sdk*'],
    clientInfo: ['ai-sdk-mcp-client'],
    source: '@ai-sdk/mcp 1.0.102',
  },
  langchain: {
    isLibrary: true,
    names: ['langchain*'],
    clientInfo: ['*langchain*'],
    source: '@langchain/mcp-adapters 1.1.4',
  },
  mastra: {
    isLibrary: true,
    names: ['mastra*'],
    clientInfo: ['mastra*'],
    source: '@mastra/mcp 0.14.5',
  },
  fastmcp: {
    isLibrary: true,
    names: ['fastmcp*'],
    clientInfo: ['fastmcp*'],
    source: 'PrefectHQ/fastmcp, client/auth/oauth.py',
  },
  'python-sdk': {
    isLibrary: true,
    clientInfo: ['mcp'],
    source: 'mcp 2.3.0 (PyPI), client/session.py',
  },
  'typescript-sdk': {
    isLibrary: true,
    names: ['simple oauth mcp client'],
    clientInfo: ['simple-oauth-client'],
    source: 'modelcontextprotocol/typescript-sdk, its example; the SDK itself names nothing',
  },
  'rust-sdk': { isLibrary: true, clientInfo: ['rmcp'], source: 'modelcontextprotocol/rust-sdk' },
}

/** The same as a list, in this order. */
export const knownProducts: readonly Product[] = Object.entries(products).map(([id, product]) => ({
  id: id as ProductId,
  isLibrary: false,
  ...product,
}))
