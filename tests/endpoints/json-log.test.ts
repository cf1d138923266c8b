import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { newBrowser, signInWith } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'
import { admin, StartFailure } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

type Line = Readonly<Record<string, unknown>>

let printed: string
let lines: Line[]
const secrets: string[] = [admin.password]

/** Every line that was printed, of which none is anything but JSON. */
const parsed = (output: string): Line[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

const linesOf = (event: string) => lines.filter((line) => line.event === event)

beforeAll(async () => {
  const portico = await startPortico({ env: { PORTICO_LOG: 'json' } })
  const { origin } = portico
  const browser = newBrowser(origin)
  await signInWith(browser, admin)
  const { tokens, wire } = await connectAs(hostedClaude, `${origin}/mcp`, (url) =>
    approve(browser, url),
  )
  secrets.push(...wire.secrets)
  await postMcp(`${origin}/mcp`, tokens.access_token, toolCall('whoami'))
  await postMcp(`${origin}/mcp`, `${tokens.access_token}x`, toolCall('whoami'))
  await fetch(`${origin}/nowhere/%1b%5b2J%E2%80%AE`)
  // next-auth complains of a provider that there is none of
  await browser.open('/api/auth/callback/unknown')
  await portico.stop()
  printed = portico.output()
  lines = parsed(printed)
})

describe('with PORTICO_LOG=json', () => {
  test('every line is an object with its time and level', () => {
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        level: expect.stringMatching(/^(info|warn|error)$/),
      })
      expect(line.event ?? line.message).toMatch(/\S/)
    }
  })

  test('the start says where it listens', () => {
    expect(lines.find(({ message }) => message === 'listening')).toMatchObject({
      level: 'info',
      version: expect.any(String),
      origin: expect.stringMatching(/^http:/),
      mcpUrl: expect.stringMatching(/\/mcp$/),
    })
  })

  test('an event has its request, its ids and how long it took', () => {
    expect(linesOf('mcp.called')[0]).toMatchObject({
      level: 'info',
      outcome: 'ok',
      status: 200,
      method: 'POST',
      path: '/mcp',
      tool: 'whoami',
      requestId: expect.any(String),
      clientId: expect.any(String),
      grantId: expect.any(String),
      userId: expect.any(String),
      durationMs: expect.any(Number),
    })
  })

  test('a refusal is a warning, and says why', () => {
    const refused = linesOf('mcp.challenged').find(
      ({ reasonKind }) => reasonKind !== 'no-credentials',
    )
    expect(refused).toMatchObject({ level: 'warn', outcome: 'refused', status: 401 })
    expect(refused?.reason).toMatch(/\S/)
    expect(refused?.reasonKind).toMatch(/^token-/)
  })

  test('no control character is printed, and no secret', () => {
    expect(printed.replaceAll('\n', '')).not.toMatch(
      /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u,
    )
    expect(secrets.length).toBeGreaterThan(4)
    expect(secrets.filter((secret) => printed.includes(secret))).toEqual([])
  })

  test('what stops the start is said in the same form', async () => {
    const env = { PORTICO_LOG: 'json', PORTICO_PROXY_HOPS: '-1' }
    const failure = await startPortico({ env }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartFailure)
    const said = parsed((failure as StartFailure).output)
    const errors = said.filter(({ level }) => level === 'error')
    expect(errors.map(({ message }) => message).join()).toContain('PORTICO_PROXY_HOPS: ')
  })
})

test('what libraries print to the console, and warnings of Node, are JSON too', async () => {
  const script = `
    import { adoptConsole } from './lib/cli/log.mjs'
    adoptConsole()
    console.log('one %s', 'two\\nthree')
    console.warn('\\u001b[33mcoloured\\u001b[39m')
    console.error('it failed:', new TypeError('no such thing'))
    console.log('')
    process.emitWarning('old', 'DeprecationWarning')`
  const env = { ...process.env, PORTICO_LOG: 'json' }
  const args = ['--input-type=module', '-e', script]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  await once(child, 'close')
  expect(parsed(output)).toEqual(
    expect.arrayContaining([
      { time: expect.any(String), level: 'info', message: 'one two\nthree' },
      { time: expect.any(String), level: 'warn', message: 'coloured' },
      expect.objectContaining({
        level: 'error',
        error: expect.objectContaining({ name: 'TypeError', message: 'no such thing' }),
      }),
      expect.objectContaining({ level: 'warn', message: 'old' }),
    ]),
  )
  expect(parsed(output)).toHaveLength(4)
})
