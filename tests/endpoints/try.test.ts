import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { operatorOf } from '../support/people/operator'
import { answer } from '../support/people/operator-consent'
import { readLog } from '../support/people/operator-log'
import { freePort } from '../support/server/free-port.mjs'
import { sharedOrigin, startPortico } from '../support/server/portico'

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`
// where it is, and what it is set to be, are two names
const elsewhere = await freePort()
await startPortico({ port: elsewhere, env: { PORTICO_URL: origin } })

type Ended = { readonly code: number | null; readonly output: string }

/** Runs `npm run try`, and answers its consent page as the person would. */
async function runTry(
  args: readonly string[],
  visit: (authorizationUrl: URL) => Promise<unknown> = async () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/try.ts', '--no-open', ...args])
  let output = ''
  let visited: Promise<unknown> | undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const url = /^ *(http\S+\/authorize\?\S+)$/m.exec(output)?.[1]
      if (url) visited ??= visit(new URL(url))
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  await visited
  return { code, output }
}

/** The person's browser: answers, and follows the redirect to the callback. */
const person =
  (decision: 'allow' | 'deny', change: (callback: URL) => void = () => {}) =>
  async (url: URL) => {
    const callback = await answer(await operatorOf(origin), url, decision)
    change(callback)
    expect(await (await fetch(callback)).text()).toContain('You can close this')
  }

describe('npm run try', () => {
  test('prints every step and ends with the result of a tool', async () => {
    const { code, output } = await runTry([mcpUrl], person('allow'))
    expect(output).toContain('"protocol_revisions"')
    expect(code).toBe(0)
    const steps = [...output.matchAll(/^ {2}(\S.*?) {2,}.*\d+ ms/gm)].map(([, step]) => step)
    expect(steps.filter((step) => step !== 'standing stream')).toEqual([
      'challenge',
      'resource metadata',
      'server metadata',
      'registration',
      'authorization',
      'token',
      'initialize',
      'notifications/initialized',
      'tools/list',
      'tools/call whoami',
      'token refresh',
      'tools/call server_status',
    ])
    expect(output).not.toMatch(/pac_|prt_|eyJ|code_verifier/)
    const rows = await readLog(await operatorOf(origin), { q: 'portico-try/' })
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'mcp.challenged',
        'client.registered',
        'token.refreshed',
        'mcp.called',
      ]),
    )
    expect(new Set(rows.map(({ agent }) => agent))).toEqual(new Set(['npm run try']))
  })

  test.each<[string, string, Parameters<typeof runTry>[1], RegExp]>([
    [
      'a person who denies',
      mcpUrl,
      person('deny'),
      /authorization failed: .*access_denied.*; check /,
    ],
    [
      'another state',
      mcpUrl,
      person('allow', (callback) => callback.searchParams.set('state', 'x')),
      /authorization failed: .*"state".*; check /,
    ],
    [
      'another issuer',
      mcpUrl,
      person('allow', (callback) => callback.searchParams.set('iss', 'https://evil.example')),
      /authorization failed: "iss" was https:\/\/evil.example.*; check /,
    ],
    [
      'no issuer',
      mcpUrl,
      person('allow', (callback) => callback.searchParams.delete('iss')),
      /authorization failed: "iss" was missing.*; check /,
    ],
    [
      'another code',
      mcpUrl,
      person('allow', (callback) => callback.searchParams.set('code', 'pac_x')),
      /token failed: HTTP 400, invalid_grant, .*; check /,
    ],
    [
      'a URL that is not the endpoint',
      `${origin}/other`,
      undefined,
      /challenge failed: HTTP 404, .*; check /,
    ],
    [
      'nobody there',
      'http://localhost:9/mcp',
      undefined,
      /challenge failed: no answer from .*; check /,
    ],
    [
      'another name of the server',
      `http://localhost:${elsewhere}/mcp`,
      undefined,
      /resource metadata failed: .*; check that PORTICO_URL/,
    ],
    ['no URL at all', 'mcp', undefined, /Invalid URL/],
  ])('says in one sentence what is wrong: %s', async (_title, url, visit, sentence) => {
    const { code, output } = await runTry([url], visit)
    expect(output).toMatch(sentence)
    expect(code).toBe(1)
    expect(output).not.toMatch(/ {4}at |pac_[\w-]{10}|prt_|eyJ/)
  })
})
