import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { hasBody, readBody, replayed } from '@/lib/cli/body.mjs'

/** A request whose body comes as it is written. */
function arriving(): { request: IncomingMessage; body: PassThrough } {
  const body = new PassThrough()
  return { request: body as unknown as IncomingMessage, body }
}

describe('readBody', () => {
  test('reads what comes in pieces, up to its limit', async () => {
    const { request, body } = arriving()
    const read = readBody(request, 8)
    body.write('abcd')
    body.end('efgh')
    expect(String(await read)).toBe('abcdefgh')
  })

  test('gives up beyond the limit, whatever is still to come', async () => {
    const { request, body } = arriving()
    const read = readBody(request, 8)
    body.write('abcdefghi')
    expect(await read).toBe('too large')
  })

  test('tells of a body that breaks off', async () => {
    const { request, body } = arriving()
    const read = readBody(request, 8)
    body.write('a')
    body.destroy()
    expect(await read).toBe('gone')
  })

  test('many slow bodies lose the oldest of them, and never one that is there', async () => {
    const size = 64 * 1024
    const slow = Array.from({ length: 600 }, arriving)
    const reads = slow.map(({ request }) => readBody(request, size))
    // 600 of nearly 64 KiB are more than 32 MiB
    for (const { body } of slow) body.write(Buffer.alloc(size - 1))
    const { request, body } = arriving()
    const whole = readBody(request, size)
    body.end(Buffer.alloc(size))
    expect(await whole).toHaveLength(size)
    for (const one of slow) one.body.end()
    const results = await Promise.all(reads)
    const lost = results.filter((result) => result === 'slow')
    expect(lost.length).toBeGreaterThan(80)
    expect(lost.length).toBeLessThan(200)
    expect(results[0]).toBe('slow')
    expect(results.at(-1)).toHaveLength(size - 1)
  })
})

describe('replayed', () => {
  const original = () => {
    const request = new IncomingMessage(new Socket())
    const headers = { 'transfer-encoding': 'chunked', 'x-a': '1' }
    return Object.assign(request, {
      method: 'POST',
      url: '/x?y',
      headers,
      rawHeaders: ['X-A', '1'],
    })
  }

  test('is the same request with its body, of a known length', async () => {
    const again = replayed(original(), Buffer.from('abc'))
    expect([again.method, again.url]).toEqual(['POST', '/x?y'])
    expect(again.headers).toEqual({ 'x-a': '1', 'content-length': '3' })
    expect(await text(again)).toBe('abc')
  })

  test('may be given up without ending its connection', () => {
    const request = original()
    replayed(request, Buffer.from('abc')).destroy()
    expect(request.socket.destroyed).toBe(false)
  })
})

test.each([
  [{}, false],
  [{ 'content-length': '0' }, false],
  [{ 'content-length': '1' }, true],
  [{ 'transfer-encoding': 'chunked' }, true],
])('%j says that there is a body: %s', (headers, isOne) => {
  expect(hasBody({ headers } as IncomingMessage)).toBe(isOne)
})
