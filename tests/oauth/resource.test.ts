import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readResources } from '@/lib/oauth/parameters'
import { checkMadeFor, resolveResource } from '@/lib/oauth/resource'
import { refusalOf } from '../support/oauth/refusal'
import { anyText, textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const mcpUrl = 'https://portico.example.com/mcp'
const own = { mcpUrl, otherOrigins: [] }

describe('resolveResource', () => {
  test(verifies(['A24'], 'an absent indicator means the one resource'), () => {
    expect(resolveResource([], own)).toBe(mcpUrl)
    expect(resolveResource(readResources(new URLSearchParams('resource=')), own)).toBe(mcpUrl)
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
    expect(resolveResource([resource], own)).toBe(mcpUrl)
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
    expect(refusalOf(() => resolveResource([resource], own))?.code).toBe('invalid_target')
  })

  test(verifies(['A24'], 'one wrong indicator among several is enough'), () => {
    const both = [mcpUrl, 'https://other.example.com/mcp']
    expect(refusalOf(() => resolveResource(both, own))?.code).toBe('invalid_target')
    expect(refusalOf(() => resolveResource(both.toReversed(), own))?.code).toBe('invalid_target')
    expect(resolveResource([mcpUrl, `${mcpUrl}/`], own)).toBe(mcpUrl)
  })

  test(verifies(['A24'], 'on loopback the port tells resources apart'), () => {
    const local = 'http://localhost:3000/mcp'
    const localOwn = { mcpUrl: local, otherOrigins: [] }
    expect(resolveResource(['http://localhost:3000/mcp/'], localOwn)).toBe(local)
    expect(refusalOf(() => resolveResource(['http://localhost/mcp'], localOwn))).not.toBeNull()
    expect(refusalOf(() => resolveResource(['http://127.0.0.1:3000/mcp'], localOwn))).not.toBeNull()
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
          const refusal = refusalOf(() => expect(resolveResource(resources, own)).toBe(mcpUrl))
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

describe('by another of its names', () => {
  const many = { mcpUrl, otherOrigins: ['https://former.example', 'https://old.example:8443'] }

  test.each([
    'https://former.example/mcp',
    'https://FORMER.example:443/mcp/',
    'https://former.example',
    'https://old.example:8443/mcp',
    mcpUrl,
  ])(verifies(['A24'], '%s means the present one'), (resource) => {
    expect(resolveResource([resource], many)).toBe(mcpUrl)
    expect(() => checkMadeFor('https://former.example/mcp', many)).not.toThrow()
  })

  test.each([
    'https://old.example/mcp',
    'https://former.example/other',
    'http://former.example/mcp',
  ])(verifies(['A24'], '%s is none of them, and the log keeps what was wanted'), (resource) => {
    expect(refusalOf(() => resolveResource([resource], many))).toMatchObject({
      code: 'invalid_target',
      addresses: { wanted: resource },
    })
  })

  test(verifies(['A24'], 'what was wanted is kept without query, credentials and length'), () => {
    const wanted = (resource: string) =>
      refusalOf(() => resolveResource([resource], many))?.addresses.wanted
    expect(wanted('https://evil.example/mcp?token=secret')).toBeUndefined()
    expect(wanted('https://user:secret@evil.example/mcp')).toBeUndefined()
    expect(wanted(`https://evil.example/${'x'.repeat(500)}`)).toHaveLength(200)
  })

  test(verifies(['A38'], 'what was granted for no name of this server is invalid_grant'), () => {
    expect(refusalOf(() => checkMadeFor('https://other.example/mcp', many))).toMatchObject({
      code: 'invalid_grant',
      reason: { kind: 'address-changed' },
      addresses: { madeFor: 'https://other.example/mcp' },
    })
  })
})
