import { describe, expect, test } from 'vitest'
import { isBodyProblem, readForm, readJson, readText } from '@/lib/http/body'

const form = 'application/x-www-form-urlencoded'
const url = 'https://portico.example.com/token'

const post = (body: BodyInit | null, type = form, headers: Record<string, string> = {}) =>
  new Request(url, { method: 'POST', body, headers: { 'content-type': type, ...headers } })

/** A body that comes in pieces of a kilobyte and counts how many were taken. */
function stream(pieces: number, { failsAt = -1, headers = {} } = {}) {
  const seen = { taken: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (seen.taken === failsAt) return controller.error(new Error('connection reset'))
        if (seen.taken === pieces) return controller.close()
        seen.taken += 1
        controller.enqueue(new Uint8Array(1024).fill(97))
      },
      cancel() {
        seen.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  const request = new Request(url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  return { request, seen }
}

describe('readText', () => {
  test.each([
    ['a=b', 'a=b'],
    ['', ''],
    ['é€😀', 'é€😀'],
  ])('reads %j', async (body, text) => {
    expect(await readText(post(body))).toBe(text)
  })

  test('reads a request without body as nothing', async () => {
    expect(await readText(new Request(url))).toBe('')
  })

  test('puts together characters that arrived in pieces', async () => {
    const bytes = new TextEncoder().encode('€')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const request = new Request(url, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect(await readText(request)).toBe('€')
  })

  test('reads up to the limit, in bytes', async () => {
    expect(await readText(post('é'.repeat(4)), 8)).toBe('éééé')
    expect(await readText(post(`${'é'.repeat(4)}a`), 8)).toBe('too large')
  })

  test('has a limit of 64 KiB of its own', async () => {
    expect(await readText(stream(64).request)).toHaveLength(65_536)
    expect(await readText(stream(65).request)).toBe('too large')
  })

  test('believes a Content-Length that is too large', async () => {
    const { request, seen } = stream(1, { headers: { 'content-length': '70000' } })
    expect(await readText(request)).toBe('too large')
    expect(seen.taken).toBe(0)
  })

  test('stops taking what is too large', async () => {
    const { request, seen } = stream(1000)
    expect(await readText(request, 4096)).toBe('too large')
    expect(seen.taken).toBeLessThan(10)
    expect(seen.cancelled).toBe(true)
  })

  test('tells of a body that broke off', async () => {
    expect(await readText(stream(10, { failsAt: 2 }).request)).toBe('not readable')
  })
})

describe('readForm', () => {
  test.each([form, `${form}; charset=utf-8`, 'Application/X-WWW-Form-Urlencoded', `${form} ;`])(
    'reads %s',
    async (type) => {
      const read = await readForm(post('scope=claudeai+&code=a%20b', type))
      expect(Object.fromEntries(read as URLSearchParams)).toEqual({
        scope: 'claudeai ',
        code: 'a b',
      })
    },
  )

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', `x${form}`])(
    'does not read %s',
    async (type) => {
      expect(await readForm(post('code=a', type))).toBe('wrong content type')
    },
  )

  test('does not read a body without type', async () => {
    const request = new Request(url, { method: 'POST', body: new TextEncoder().encode('code=a') })
    expect(await readForm(request)).toBe('wrong content type')
  })

  test('does not read what is too large', async () => {
    expect(await readForm(post(`code=${'a'.repeat(65_536)}`))).toBe('too large')
  })
})

describe('readJson', () => {
  test.each([
    ['{"a":[1,null]}', { a: [1, null] }],
    ['null', null],
    ['"too large"', 'too large'],
    [' 7 ', 7],
  ])('reads %s', async (body, value) => {
    const read = await readJson(post(body, 'text/plain'))
    expect(read).toEqual({ value })
    expect(isBodyProblem(read)).toBe(false)
  })

  test.each(['', '{', 'undefined', "{'a':1}", '{"a":1}x'])('%j is not readable', async (body) => {
    expect(await readJson(post(body, 'application/json'))).toBe('not readable')
  })

  test('does not read what is too large', async () => {
    expect(await readJson(post(JSON.stringify('a'.repeat(65_536))))).toBe('too large')
  })
})

test.each<[unknown, boolean]>([
  ['too large', true],
  ['wrong content type', true],
  ['not readable', true],
  ['', false],
  ['code=a', false],
  [null, false],
  [undefined, false],
  [{ value: 'too large' }, false],
  [new URLSearchParams('too large'), false],
])('%j is a problem: %s', (body, isOne) => {
  expect(isBodyProblem(body)).toBe(isOne)
})
