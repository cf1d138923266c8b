import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readResources } from '@/lib/oauth/parameters'
import { resolveResource } from '@/lib/oauth/resource'
import { anyText, textOf } from '../support/arbitraries'
import { refusalOf } from '../support/refusal'
import { verifies } from '../support/verifies'

const mcpUrl = 'https://portico.example.com/mcp'

describe('resolveResource', () => {
  test(verifies(['A24'], 'an absent indicator means the one resource'), () => {
    expect(resolveResource([], mcpUrl)).toBe(mcpUrl)
    expect(resolveResource(readResources(new URLSearchParams('resource=')), mcpUrl)).toBe(mcpUrl)
  })

  test.each([
    mcpUrl,
    'https://portico.example.com/mcp/',
    'https://PORTICO.example.com/mcp',
    'HTTPS://portico.example.com/mcp',
    'https://portico.example.com:443/mcp',
    'https://portico.example.com',
    'https://portico.example.com/',
    'https://portico.example.com:443',
  ])(verifies(['A24', 'F3'], '%s is a spelling of it'), (resource) => {
    expect(resolveResource([resource], mcpUrl)).toBe(mcpUrl)
  })

  test.each([
    'https://other.example.com/mcp',
    'https://portico.example.com.evil.example/mcp',
    'http://portico.example.com/mcp',
    'https://portico.example.com:8443/mcp',
    'https://portico.example.com/MCP',
    'https://portico.example.com/mcp/x',
    'https://portico.example.com/mcpx',
    'https://portico.example.com/other',
    'https://portico.example.com/mcp#',
    'https://portico.example.com/mcp#x',
    'https://portico.example.com/mcp?x=1',
    'https://user@portico.example.com/mcp',
    'https://portico.example.com@evil.example/mcp',
    'portico.example.com/mcp',
    '/mcp',
    'urn:portico:mcp',
    '',
  ])(verifies(['A24'], '%j is invalid_target'), (resource) => {
    expect(refusalOf(() => resolveResource([resource], mcpUrl))?.code).toBe('invalid_target')
  })

  test(verifies(['A24'], 'one wrong indicator among several is enough'), () => {
    const both = [mcpUrl, 'https://other.example.com/mcp']
    expect(refusalOf(() => resolveResource(both, mcpUrl))?.code).toBe('invalid_target')
    expect(refusalOf(() => resolveResource(both.toReversed(), mcpUrl))?.code).toBe('invalid_target')
    expect(resolveResource([mcpUrl, `${mcpUrl}/`], mcpUrl)).toBe(mcpUrl)
  })

  test(verifies(['A24'], 'on loopback the port tells resources apart'), () => {
    const local = 'http://localhost:3000/mcp'
    expect(resolveResource(['http://localhost:3000/mcp/'], local)).toBe(local)
    expect(refusalOf(() => resolveResource(['http://localhost/mcp'], local))).not.toBeNull()
    expect(refusalOf(() => resolveResource(['http://127.0.0.1:3000/mcp'], local))).not.toBeNull()
  })

  test(
    verifies(['A24', 'F3'], 'whatever is sent, the answer is the MCP URL or invalid_target'),
    () => {
      const sent = fc.array(
        fc.oneof(
          textOf(
            'https://',
            'portico.example.com',
            ':443',
            '/mcp',
            '/',
            '#',
            '?',
            '@',
            'evil.example',
          ),
          fc.constant(mcpUrl),
          anyText,
        ),
        { maxLength: 3 },
      )
      fc.assert(
        fc.property(sent, (resources) => {
          const refusal = refusalOf(() => expect(resolveResource(resources, mcpUrl)).toBe(mcpUrl))
          if (refusal) {
            expect(refusal.code).toBe('invalid_target')
            return
          }
          for (const resource of resources) {
            const { protocol, host, pathname, search, hash } = new URL(resource)
            expect([protocol, host, search, hash]).toEqual([
              'https:',
              'portico.example.com',
              '',
              '',
            ])
            expect(pathname).toMatch(/^(\/mcp)?\/*$/)
          }
        }),
        { numRuns: 500 },
      )
    },
  )
})
