import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeHtml, htmlPage, wantsHtml } from '@/lib/http/page'
import { anyText } from '../support/sources/arbitraries'

const request = (accept: string | null) =>
  new Request('https://portico.example.com/', { headers: accept === null ? {} : { accept } })

test.each([
  ['<script>alert("x")</script>', '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;'],
  ["it's a & b", 'it&#39;s a &amp; b'],
  ['&amp;', '&amp;amp;'],
  ['クロード', 'クロード'],
])('%j is written as %j', (text, html) => {
  expect(escapeHtml(text)).toBe(html)
})

test('escaped text has nothing of HTML and reads back', () => {
  const meanings = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const
  fc.assert(
    fc.property(anyText, (text) => {
      const html = escapeHtml(text)
      expect(html).not.toMatch(/[<>"']/)
      const back = html.replace(
        /&(amp|lt|gt|quot|#39);/g,
        (_, name: keyof typeof meanings) => meanings[name],
      )
      expect(back).toBe(text)
    }),
  )
})

describe('htmlPage', () => {
  const page = {
    title: 'No <client>',
    message: 'It said "a & b".',
    next: "Don't.",
    facts: { '<name>': '<value>' },
  }

  test('escapes everything it is given', async () => {
    const html = await htmlPage(page, 400).text()
    expect(html).toContain('<title>No &lt;client&gt;</title>')
    expect(html).toContain('<h1>No &lt;client&gt;</h1>')
    expect(html).toContain('<p>It said &quot;a &amp; b&quot;.</p><p>Don&#39;t.</p>')
    expect(html).toContain('<dl><dt>&lt;name&gt;</dt><dd>&lt;value&gt;</dd></dl>')
  })

  test('is HTML that nobody keeps, under the status it was given', () => {
    const response = htmlPage(page, 404)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('asks for nothing else and runs nothing', async () => {
    const html = await htmlPage(page, 400).text()
    expect(html).not.toMatch(/<script|<link|<img|<iframe|src=|href=|url\(|@import/i)
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('name="viewport"')
  })

  test('without facts has no empty list', async () => {
    const { facts: _, ...plain } = page
    expect(await htmlPage(plain, 400).text()).not.toContain('<dl>')
    expect(await htmlPage({ ...plain, facts: {} }, 400).text()).not.toContain('<dl>')
  })
})

test.each<[string | null, boolean]>([
  ['text/html,application/xhtml+xml,*/*;q=0.8', true],
  ['application/json', false],
  ['application/json, text/event-stream', false],
  ['*/*', false],
  [null, false],
])('Accept: %s wants a page: %s', (accept, wants) => {
  expect(wantsHtml(request(accept))).toBe(wants)
})
