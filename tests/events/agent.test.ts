import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameAgent } from '@/lib/events/agent'
import { anyText } from '../support/sources/arbitraries'

describe('nameAgent', () => {
  test.each<[string, string | null]>([
    ['Claude-User', 'Claude (hosted)'],
    ['Mozilla/5.0 (compatible; Claude-User/1.0; +Claude-User@anthropic.com)', 'Claude (hosted)'],
    ['claude-code/2.1.204 (cli)', 'Claude Code'],
    ['claude-code/2.1.204 (cli) node', 'Claude Code'],
    ['openai-mcp/1.0.0', 'ChatGPT'],
    ['Mozilla/5.0 AppleWebKit/537.36; compatible; ChatGPT-User/1.0', 'ChatGPT'],
    ['Cursor/1.7.2 (linux x64)', 'Cursor'],
    ['Visual Studio Code/1.105.0', 'VS Code'],
    ['codex-mcp-client/0.46.0', 'Codex'],
    ['GeminiCLI/0.8.1', 'Gemini CLI'],
    ['goose/1.9.0', 'Goose'],
    ['Zed/0.207.0', 'Zed'],
    ['mcp-remote/0.1.38', 'mcp-remote'],
    ['mcp-inspector/2.3.0', 'MCP Inspector'],
    ['portico-try/0.1.0', 'npm run try'],
    ['python-httpx/0.28.1 portico-probe', 'Portico (self-check)'],
    ['Claude-User portico-probe', 'Portico (self-check)'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Browser'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
      'Browser',
    ],
    ['curl/8.5.0', 'curl'],
    ['node', 'Node.js'],
    ['undici', 'Node.js'],
    ['node-fetch/1.0', 'Node.js'],
    ['nodejs-thing/1', null],
    ['authorized/1', null],
    ['Go-http-client/2.0', 'Go'],
    ['python-requests/2.32.5', 'Python (requests)'],
    ['Python/3.13 aiohttp/3.13.2', 'Python (aiohttp)'],
    ['axios/1.12.2', 'Node.js (axios)'],
    ['Deno/2.5.4', 'Deno'],
    ['Bun/1.3.1', 'Bun'],
    ['Ruby', 'Ruby'],
    ['opencode/1.18.34', 'opencode'],
    ['mcp-use/1.0', 'mcp-use'],
    ['PostmanRuntime/7.49.0', 'Postman'],
    ['some-agent/1.0', null],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Claude/1.0.211 Chrome/140 Electron/38',
      'Claude Desktop',
    ],
    ['', null],
  ])('%j is %s', (userAgent, name) => {
    expect(nameAgent(userAgent, 'public')).toBe(name)
  })

  test('no user agent has no name', () => {
    expect(nameAgent(null, 'anthropic')).toBeNull()
  })

  test.each([
    ['anthropic', 'Claude (hosted, sign-in)'],
    ['public', 'Python (httpx)'],
  ])('python-httpx from the network %s is %s', (network, name) => {
    expect(nameAgent('python-httpx/0.28.1', network)).toBe(name)
  })

  test('any user agent gets a name or none', () => {
    fc.assert(
      fc.property(anyText, (userAgent) => {
        expect(nameAgent(userAgent, null)).not.toBe('')
      }),
    )
  })
})
