import { describe, expect, it } from 'vitest'
import { assemble } from '@/lib/handshake/assemble'
import { type StageId, stageIds } from '@/lib/handshake/handshake'
import { toHar } from '@/lib/handshake/har'
import { type ReportedFinding, reportMarkdown } from '@/lib/handshake/report-markdown'
import { stageInQuestion, supportReport } from '@/lib/handshake/support-report'
import { stageWords } from '@/lib/handshake/words'
import { hostedClaude } from '../support/clients/claude-clients'
import { recordAttempt, withIds } from '../support/handshakes/recorded-attempt'

const startsAt = Date.parse('2026-11-24T18:24:53Z')
const key = '4711abcdefgh'

function attempt(until?: StageId) {
  const events = withIds(
    recordAttempt(hostedClaude, { key, startsAt, ...(until ? { until } : {}) }),
  )
  return assemble({ id: 'hs_1', retryOf: null, events }, null, startsAt + 60_000).handshake
}

const context = { mcpUrl: 'https://portico.example.com/mcp', version: '1.2.3', now: startsAt }

const finding: ReportedFinding = {
  id: 'edge-blocks-claude-user',
  confidence: 'likely',
  title: 'Something in front blocks Claude-User',
  explanation: 'The edge at 203.0.113.77 answers in its place.',
  observations: ['POST as Claude-User: 403, seen by ada@example.com'],
  fix: [{ text: 'Allow it', where: 'Cloudflare, AI Crawl Control' }],
}

describe('the report', () => {
  const text = reportMarkdown(attempt('token-issued'), [finding], context)

  it('says first what is wrong, then why, then each step and request', () => {
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# Token issued, no request to /mcp',
      '## Causes',
      '### Something in front blocks Claude-User (likely, `edge-blocks-claude-user`)',
      '## Steps',
      '## Requests',
    ])
    expect(text).toContain('1. Allow it (Cloudflare, AI Crawl Control)')
    expect(text).toContain('- Identification: Dynamic registration')
    expect(text).toContain('| First MCP request | missing | due +')
    for (const stage of stageIds) expect(text).toContain(`| ${stageWords[stage].label} |`)
  })

  it('names nobody and no place', () => {
    expect(text).not.toMatch(/@example|203\.0\.113\.77|160\.79\.106\.\d+ \||4711abcdefgh/)
    expect(text).toContain('anthropic 160.79.106.0/24')
  })

  it('keeps a table a table', () => {
    const [event] = attempt('challenge').events
    const odd = { ...attempt('challenge'), events: event ? [{ ...event, agent: 'a|b' }] : [] }
    expect(reportMarkdown(odd, [], context)).toContain('| a\\|b |')
  })
})

describe('the report for Anthropic', () => {
  it('has what their form asks for', () => {
    const text = supportReport(attempt('token-issued'), [finding], context)
    expect(text).toContain('**Server URL:** https://portico.example.com/mcp')
    expect(text).toContain('**Phase:** after token exchange, first MCP request')
    expect(text).toContain('**Transport:** Streamable HTTP')
    expect(text).toContain('**Registration type:** Dynamic registration')
    expect(text).toContain('**Reference shown by Claude:** ofid_…')
    expect(text).toMatch(/- Token issued: 2026-11-24T18:\d\d:\d\d\.\d{3}Z \(done\)/)
    expect(text).toMatch(/- First MCP request: not seen; expected by 2026-11-24T18:/)
    expect(text).toContain('- `python-httpx/0.28.1`')
    expect(text).not.toMatch(/Firefox|@example|4711abcdefgh/)
  })

  it.each([
    ['client-identified', 'authorization-requested'],
    ['token-issued', 'first-mcp-request'],
    [undefined, 'tools-listed'],
  ] as const)('of an attempt until %s asks about %s', (until, stage) => {
    expect(stageInQuestion(attempt(until))).toBe(stage)
  })
})

describe('the HTTP Archive', () => {
  const handshake = attempt()
  const { log } = toHar(handshake, 'https://portico.example.com', '1.2.3')

  it('has one entry for each request, in the order of time', () => {
    expect(log.version).toBe('1.2')
    expect(log.entries).toHaveLength(new Set(handshake.events.map((e) => e.requestId)).size)
    const times = log.entries.map(({ startedDateTime }) => startedDateTime)
    expect(times).toEqual(times.toSorted())
    expect(log.entries.filter(({ time }) => !(time >= 0))).toEqual([])
  })

  it('has method, URL, status and user agent, and nothing that was not recorded', () => {
    const token = log.entries.find(({ comment }) => comment === 'token.issued')
    expect(token?.request).toMatchObject({
      method: 'POST',
      url: 'https://portico.example.com/token',
      headers: [{ name: 'user-agent', value: 'python-httpx/0.28.1' }],
      queryString: [],
      cookies: [],
      bodySize: -1,
    })
    expect(token?.response).toMatchObject({ status: 200, headers: [], cookies: [] })
    expect(JSON.stringify(log)).not.toMatch(/postData|"text"|authorization"/i)
  })

  it('tells what one request brought about', () => {
    const comments = log.entries.map(({ comment }) => comment)
    expect(comments).toContain('consent.granted, code.issued')
  })
})
