import {
  absent,
  type ClientScript,
  canonical,
  inUpperCase,
  json,
  usual,
  version,
  withSlash,
} from './claude-script'

const sameAgent = (userAgent: string) => ({ control: userAgent, data: userAgent })
const codeAndRefresh = ['authorization_code', 'refresh_token']

/** Hosted Claude: claude.ai, Desktop, mobile and Cowork share one backend. */
export const hostedClaude: ClientScript = {
  ...usual,
  name: 'Claude (hosted)',
  userAgents: { control: 'python-httpx/0.28.1', data: 'Claude-User' },
  addresses: [35, 38, 119, 122, 160, 168, 180].map((last) => `160.79.106.${last}`),
  opening: { method: 'POST', headers: { ...json, ...version, accept: '*/*' } },
  // byte for byte as captured (PostHog#48397)
  registration: {
    redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: codeAndRefresh,
    response_types: ['code'],
    client_name: 'Claude',
  },
  registersTwice: true,
  scope: 'challenge and offline_access',
  redirectUri: 'https://claude.ai/api/mcp/auth_callback',
  tokenAuth: 'client_secret_post',
  readsServerMetadataAgain: true,
  discoversServer: true,
}

export const claudeCode: ClientScript = {
  ...usual,
  name: 'Claude Code',
  userAgents: sameAgent('claude-code/2.1.288 (cli)'),
  registration: {
    client_name: 'Claude Code (portico)',
    redirect_uris: ['http://localhost:51703/callback'],
    grant_types: codeAndRefresh,
    response_types: ['code'],
    application_type: 'native',
    token_endpoint_auth_method: 'none',
  },
  // a port other than the registered one (RFC 8252 §7.3)
  redirectUri: 'http://localhost:49211/callback',
  scope: 'challenge and offline_access',
  authorizeParameters: { prompt: 'consent' },
  discoversServer: true,
  revision: '2026-07-28',
}

export const cursor: ClientScript = {
  ...usual,
  name: 'Cursor',
  userAgents: sameAgent('Cursor/2.4.0'),
  registration: {
    client_name: 'Cursor',
    redirect_uris: [
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
      'cursor://anysphere.cursor-mcp/oauth/callback',
    ],
    grant_types: codeAndRefresh,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'web',
  },
  redirectUri: 'cursor://anysphere.cursor-mcp/oauth/callback',
  resource: { authorize: absent, token: absent, refresh: absent },
  revision: '2025-06-18',
}

export const visualStudioCode: ClientScript = {
  ...usual,
  name: 'VS Code',
  userAgents: sameAgent('Visual Studio Code/1.109.0'),
  registration: {
    client_name: 'Visual Studio Code',
    client_uri: 'https://code.visualstudio.com',
    redirect_uris: [
      'https://insiders.vscode.dev/redirect',
      'https://vscode.dev/redirect',
      'http://127.0.0.1/',
      'http://127.0.0.1:33418/',
    ],
    grant_types: [...codeAndRefresh, 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    scope: 'openid',
  },
  redirectUri: 'http://127.0.0.1:40112/',
  scope: { exactly: 'openid' },
  resource: { authorize: canonical, token: canonical, refresh: absent },
}

export const codex: ClientScript = {
  ...usual,
  name: 'Codex',
  userAgents: sameAgent('codex-mcp-client/0.120.0'),
  discoveryHeaders: { 'mcp-protocol-version': '2024-11-05' },
  registration: {
    client_name: 'Codex',
    redirect_uris: ['http://127.0.0.1:41233/callback/9f2c61d0'],
    grant_types: codeAndRefresh,
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
    application_type: 'native',
  },
  redirectUri: 'http://127.0.0.1:58002/callback/9f2c61d0',
  // although it registered `client_secret_post` (codex#40928)
  tokenAuth: 'client_secret_basic',
  revision: '2025-06-18',
}

export const inspector: ClientScript = {
  ...usual,
  name: 'MCP Inspector',
  userAgents: sameAgent('mcp-inspector/0.19.0'),
  registration: {
    client_name: 'MCP Inspector',
    client_uri: 'https://github.com/modelcontextprotocol/inspector',
    redirect_uris: [
      'http://localhost:6274/oauth/callback',
      'http://localhost:6274/oauth/callback/debug',
    ],
    grant_types: codeAndRefresh,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: '',
  },
  redirectUri: 'http://localhost:6274/oauth/callback/debug',
  scope: { exactly: '' },
  mcpHeaders: { origin: 'http://localhost:6274' },
}

export const mcpRemote: ClientScript = {
  ...usual,
  name: 'mcp-remote',
  userAgents: sameAgent('mcp-remote/0.1.38'),
  registration: {
    client_name: 'MCP CLI Proxy',
    client_uri: 'https://github.com/modelcontextprotocol/mcp-cli',
    redirect_uris: ['http://127.0.0.1:3334/oauth/callback'],
    grant_types: codeAndRefresh,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
    software_version: '0.1.38',
  },
  redirectUri: 'http://127.0.0.1:3334/oauth/callback',
  scope: 'none',
  resource: { authorize: withSlash, token: withSlash, refresh: withSlash },
  revision: '2025-03-26',
}

export const geminiCli: ClientScript = {
  ...usual,
  name: 'Gemini CLI',
  userAgents: sameAgent('GeminiCLI/0.30.0 (linux; x64)'),
  opening: { method: 'HEAD', headers: {} },
  discoveryHeaders: {},
  registration: {
    client_name: 'Gemini CLI MCP Client',
    redirect_uris: ['http://localhost:7777/oauth/callback'],
    grant_types: codeAndRefresh,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: '',
  },
  redirectUri: 'http://localhost:7777/oauth/callback',
  resource: { authorize: inUpperCase, token: canonical, refresh: absent },
  revision: '2024-11-05',
}

/** Every known client, as data. */
export const clientScripts: readonly ClientScript[] = [
  hostedClaude,
  claudeCode,
  cursor,
  visualStudioCode,
  codex,
  inspector,
  mcpRemote,
  geminiCli,
]
