import { describe, expect, it } from 'vitest'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { eraOf, identificationOf } from '@/lib/handshake/identity'
import { softwareOf, sourceOf } from '@/lib/handshake/software'
import { surfaceOf } from '@/lib/handshake/surface'
import { handshakeEvent } from '../support/handshakes/handshake-event'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const some = (given: Partial<HandshakeEvent>, name: HandshakeEvent['name'] = 'mcp.challenged') =>
  handshakeEvent(name, 1, given)
const asked = (clientId: string, detail: Record<string, unknown>) =>
  some({ clientId, detail, userAgent: firefox }, 'authorization.requested')

describe('the product', () => {
  it.each([
    ['Claude-User', 'claude-hosted'],
    ['claude-code/2.1.288 (cli)', 'claude-code'],
    ['openai-mcp/1.0.0', 'chatgpt'],
    ['Cursor/2.4.0', 'cursor'],
    ['Visual Studio Code/1.109.0', 'vscode'],
    ['mcp-inspector/0.19.0', 'inspector'],
    ['codex-mcp-client/0.120.0', 'codex'],
    ['GeminiCLI/0.30.0 (linux; x64)', 'gemini-cli'],
    ['opencode/1.18.34', 'opencode'],
    ['mcp-remote/0.1.38', 'mcp-remote'],
    ['mcp-use/1.0', 'mcp-use'],
    ['python-httpx/0.28.1', 'unknown'],
    ['node', 'unknown'],
  ])('is told by the user agent %s', (userAgent, surface) => {
    expect(surfaceOf([some({ userAgent })])).toBe(surface)
  })

  it('is hosted Claude when the HTTP library comes from its network', () => {
    const library = some({ userAgent: 'python-httpx/0.28.1', address: '160.79.106.35' })
    expect(surfaceOf([library])).toBe('claude-hosted')
  })

  it.each([
    ['https://claude.ai/oauth/mcp-oauth-client-metadata', {}, 'claude-hosted'],
    ['https://claude.ai/oauth/claude-code-client-metadata', {}, 'claude-code'],
    ['https://chatgpt.com/oauth/client.json', {}, 'chatgpt'],
    ['https://chatgpt.com/oauth/codex/client.json', {}, 'codex'],
    ['https://chatgpt.com/oauth/codex/client.json', { clientName: 'ChatGPT' }, 'codex'],
    ['https://opencode.ai/oauth/opencode/client.json', {}, 'opencode'],
    ['client_1', { softwareId: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d' }, 'mcp-remote'],
    ['client_1', { clientName: 'Codex' }, 'codex'],
    ['client_1', { clientName: 'Gemini CLI MCP Client' }, 'gemini-cli'],
    ['client_1', { clientName: 'mcpc' }, 'mcpc'],
    ['client_1', { clientName: 'OpenCode' }, 'opencode'],
    ['client_1', { clientName: 'MCP CLI Proxy' }, 'mcp-remote'],
    ['client_1', { clientName: 'Cline', redirectHost: 'the app that handles vscode:' }, 'cline'],
    ['client_1', { clientName: 'ChatGPT' }, 'unknown'],
    ['https://vscode.dev/oauth/client-metadata.json', {}, 'vscode'],
    ['client_1', { redirectHost: 'claude.ai' }, 'claude-hosted'],
    ['client_1', { redirectHost: 'www.cursor.com' }, 'cursor'],
    ['client_1', { clientName: 'Claude Code (portico)' }, 'claude-code'],
    ['client_1', { clientName: 'MCP Inspector' }, 'inspector'],
    ['client_1', { clientName: 'Claude', redirectHost: 'claude.ai.evil.example' }, 'unknown'],
    ['https://claude.ai.evil.example/oauth/mcp-oauth-client-metadata', {}, 'unknown'],
  ])('is told by the client %s %o while only a browser was there', (clientId, detail, surface) => {
    expect(surfaceOf([asked(clientId, detail)])).toBe(surface)
  })

  it.each([
    ['gemini-cli-mcp-client 0.0.1', 'gemini-cli'],
    ['claude-ai (via mcp-remote 0.15.1) 0.1.0', 'mcp-remote'],
    ['@n8n/n8n-nodes-langchain.mcpClientTool 1.2', 'n8n'],
    ['claude-ai 0.1.0', 'claude-desktop'],
    ['openai-mcp 1.0.0', 'unknown'],
    ['my-client 1.0.0', 'unknown'],
  ])('is told by clientInfo %s where a runtime sends', (clientInfo, surface) => {
    const opened = some({ userAgent: 'node', detail: { clientInfo } }, 'mcp.initialized')
    expect(surfaceOf([some({ userAgent: 'node' }), opened])).toBe(surface)
  })

  it('is told by what it is made with only where nothing says more', () => {
    const library = some({ userAgent: 'mcp-use/1.0' })
    expect(surfaceOf([library, asked('client_1', { clientName: 'Cursor' })])).toBe('cursor')
  })

  it('is told by the hardest sign to make up, in whatever order they come', () => {
    const named = some({ detail: { clientName: 'Cursor' } }, 'client.registered')
    const document = asked('https://vscode.dev/oauth/client-metadata.json', {})
    expect(surfaceOf([named, document])).toBe('vscode')
    expect(surfaceOf([document, named])).toBe('vscode')
  })

  it('is told by the user agent first', () => {
    const browser = asked('client_1', { clientName: 'Cursor' })
    expect(surfaceOf([browser, some({ userAgent: 'claude-code/2.1.288 (cli)' })])).toBe(
      'claude-code',
    )
  })
})

describe('where a request comes from', () => {
  it.each<[string, Partial<HandshakeEvent>, string | null, string]>([
    [
      'one half of hosted Claude',
      { userAgent: 'python-httpx/0.28.1', address: '160.79.104.1' },
      'Claude (hosted)',
      'anthropic',
    ],
    [
      'the other, from another node',
      { userAgent: 'Claude-User', address: '160.79.111.9' },
      'Claude (hosted)',
      'anthropic',
    ],
    [
      'whoever says so from outside its network',
      { userAgent: 'Claude-User', address: '18.203.1.1' },
      'Claude (hosted)',
      '18.203.1.1',
    ],
    [
      'any Python program',
      { userAgent: 'python-httpx/0.28.1', address: '203.0.113.7' },
      'Python (httpx)',
      '203.0.113.7',
    ],
    [
      'ChatGPT, whose addresses come in blocks',
      { userAgent: 'openai-mcp/1.0.0', address: '203.0.113.23' },
      'ChatGPT',
      '203.0.113.16/28',
    ],
    [
      'a machine that changes its address within its network',
      { userAgent: 'some/1.0', address: '2001:db8:0:7:aaaa::1' },
      'some/1.0',
      '2001:db8:0:7::/64',
    ],
    [
      'one whose address is written short',
      { userAgent: 'some/1.0', address: '2001:db8::1' },
      'some/1.0',
      '2001:db8:0:0::/64',
    ],
    [
      'a person’s machine',
      { userAgent: 'claude-code/2.1.288 (cli)', address: '203.0.113.7' },
      'Claude Code',
      '203.0.113.7',
    ],
    [
      'a client that nobody knows',
      { userAgent: 'some/1.0', address: '203.0.113.7' },
      'some/1.0',
      '203.0.113.7',
    ],
    ['a browser', { userAgent: firefox, address: '203.0.113.7' }, null, '203.0.113.7'],
  ])('%s', (_, given, software, source) => {
    expect([softwareOf(some(given)), sourceOf(some(given))]).toEqual([software, source])
  })
})

describe('how a client says who it is', () => {
  it.each<[string, HandshakeEvent[], Parameters<typeof identificationOf>[1], string | null]>([
    ['by registration', [some({ clientId: 'client_1' }, 'client.registered')], null, 'dynamic'],
    ['by one that was refused', [some({}, 'client.refused')], null, 'dynamic'],
    ['by its document', [asked('https://app.example/client.json', {})], null, 'metadata-document'],
    ['as it was made known', [asked('client_1', {})], 'pre-registered', 'pre-registered'],
    ['as it registered earlier', [asked('client_1', {})], 'dynamic', 'dynamic'],
    ['by an id that is gone', [asked('client_1', {})], null, null],
    ['not yet', [some({})], null, null],
  ])('%s', (_, events, known, identification) => {
    expect(identificationOf(events, known)).toBe(identification)
  })
})

describe('the era', () => {
  const spoke = (name: HandshakeEvent['name'], era: string) => some({ detail: { era } }, name)
  it.each<[string, HandshakeEvent[], string | null]>([
    [
      'of what lists the tools',
      [
        spoke('mcp.discovered', 'stateless'),
        spoke('mcp.initialized', 'session'),
        spoke('mcp.listed', 'stateless'),
      ],
      'stateless',
    ],
    [
      'of what opened a session',
      [spoke('mcp.discovered', 'stateless'), spoke('mcp.initialized', 'session')],
      'session',
    ],
    ['of the only request', [spoke('mcp.discovered', 'stateless')], 'stateless'],
    ['is not known before', [some({})], null],
  ])('%s', (_, events, era) => {
    expect(eraOf(events)).toBe(era)
  })
})
