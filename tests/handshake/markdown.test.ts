import { describe, expect, it, test } from 'vitest'
import { assemble } from '@/lib/handshake/assemble'
import { toHar } from '@/lib/handshake/har'
import { code, codeCell, prose } from '@/lib/handshake/markdown'
import { reportMarkdown } from '@/lib/handshake/report-markdown'
import { supportReport } from '@/lib/handshake/support-report'
import { handshakeEvent } from '../support/handshakes/handshake-event'

const attacks = [
  '![x](https://evil.example/p.png)',
  '[click](https://evil.example)',
  '<img src=https://evil.example/p.png>',
  '<https://evil.example>',
  'https://evil.example/p.png',
  'www.evil.example',
  '@everyone see anthropics/claude-ai-mcp#12 and GH-12',
  '`` ` ![x](https://evil.example/p.png) ``',
  'a | b \\| c | ![x](https://evil.example)',
  'one\n\n# two\r\n| three |',
  '&#33;[x](https://evil.example) &#64;everyone',
  '\u202egnp.x/elpmaxe.live//:sptth](x[!',
]

/** What a reader of Markdown would act on: text outside of code, without what is escaped. */
const live = (markdown: string): string =>
  markdown.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '').replace(/\\[!-/:-@[-`{-~]/g, '')

const acts =
  /!?\[[^\]]*\]\(|<\w|<https?:|\bhttps?:\/\/|\bwww\.|@\w|#\d|\bGH-\d|\p{Cc}(?<!\n)|\u202e/iu

describe.each(attacks)('%j', (attack) => {
  it('means nothing where it is shown letter by letter', () => {
    expect(live(code(attack))).toBe('')
    expect(live(codeCell(attack))).toBe('')
    expect(codeCell(attack)).not.toContain('|')
  })

  it('means nothing where it is quoted in a sentence', () => {
    expect(live(prose(`It said: ${attack}.`))).not.toMatch(acts)
    expect(prose(attack)).not.toMatch(/[\r\n]/)
  })

  const event = handshakeEvent('client.refused', 1000, {
    userAgent: attack,
    path: `/${attack}`,
    clientId: 'client_1',
    detail: { clientName: attack, reason: attack },
  })
  const { handshake } = assemble({ id: 'hs_1', retryOf: null, events: [event] }, null, 2000)
  const finding = {
    id: 'dcr-strict-body',
    confidence: 'likely',
    title: 'It was refused',
    explanation: `What came: ${attack}`,
    observations: [attack],
    fix: [{ text: 'Mend it', where: 'there' }],
  }
  const context = { mcpUrl: 'https://portico.example.com/mcp', version: '1.2.3', now: 2000 }
  const own = context.mcpUrl

  it.each([reportMarkdown, supportReport])('means nothing in a report', (report) => {
    const text = report(handshake, [finding], context).replaceAll(own, '')
    expect(live(text)).not.toMatch(acts)
    // no line was begun that the report does not begin
    expect(text.split('\n').filter((line) => /^(# two|\| three)/.test(line))).toEqual([])
  })

  it('keeps each row of a table as wide as the others', () => {
    const rows = reportMarkdown(handshake, [], context)
      .split('\n')
      .filter((line) => line.startsWith('| +') && line.includes('client.refused'))
    expect(rows.map((line) => line.split(/(?<!\\)\|/).length)).toEqual([9])
  })
})

test('a list or a heading is none where a sentence begins like one', () => {
  expect(['- a', '+ a', '= a', '1. a', '2) a', '# a', '> a'].map(prose).map(live)).toEqual([
    ' a',
    ' a',
    ' a',
    '1 a',
    '2 a',
    '#\u2060 a',
    ' a',
  ])
})

test('an HTTP Archive names no other host than this', () => {
  const event = handshakeEvent('path.missed', 1000, {
    path: '//evil.example/x',
    userAgent: 'a\u202eb',
  })
  const { handshake } = assemble({ id: 'hs_1', retryOf: null, events: [event] }, null, 2000)
  const [entry] = toHar(handshake, 'https://portico.example.com', '1').log.entries
  expect(entry?.request).toMatchObject({
    url: 'https://portico.example.com//evil.example/x',
    headers: [{ name: 'user-agent', value: 'a b' }],
  })
})
