import { describe, expect, test } from 'vitest'
import { refusalResponse, tooLarge } from '@/lib/http/refusal'

const answerTo = (path: string, headers: Record<string, string> = {}) =>
  refusalResponse({ path, headers: new Headers(headers) }, tooLarge(65_536))

describe('a refusal is written as what was asked for', () => {
  test.each(['/mcp', '/mcp/'])('JSON-RPC at %s', async (path) => {
    const response = answerTo(path, { accept: 'text/html' })
    expect(response.status).toBe(413)
    expect(await response.json()).toEqual({
      jsonrpc: '2.0',
      error: { code: -32600, message: 'the body is larger than 64 KiB' },
      id: null,
    })
  })

  test.each([
    ['/token', 'invalid_request'],
    ['/register', 'invalid_client_metadata'],
    ['/nowhere', 'invalid_request'],
  ])('an OAuth error at %s', async (path, error) => {
    const response = answerTo(path)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ error })
  })

  test('a page for a browser', async () => {
    const response = answerTo('/sign-in', { accept: 'text/html,*/*' })
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await response.text()).toContain('The body is larger than 64 KiB.')
  })

  test('plain text for a page’s script', async () => {
    const response = answerTo('/admin', { accept: 'text/x-component', 'next-action': 'x' })
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('The body is larger than 64 KiB.')
  })
})
